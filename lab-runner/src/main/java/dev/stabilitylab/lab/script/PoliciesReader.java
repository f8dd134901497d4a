package dev.stabilitylab.lab.script;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads the policies of a variant. Their keys are {@code auth} for the homepage's policy for auth, {@code popularity/auth} for that
 * of popularity, and {@code all/auth} for those of everybody who calls auth; what is more precise wins.
 */
final class PoliciesReader {

    private static final String ALL = "all/";

    private PoliciesReader() {}

    static Map<PolicyTarget, PolicySpec> read(Value policies) {
        Map<PolicyTarget, PolicySpec> read = new LinkedHashMap<>();
        policies.section(keys()).ifPresent(section -> {
            List<String> keys = List.copyOf(section.keys());
            Stream.concat(
                            keys.stream().filter(key -> key.startsWith(ALL)),
                            keys.stream().filter(key -> !key.startsWith(ALL)))
                    .forEach(key -> section.get(key)
                            .flatMap(PolicyReader::read)
                            .ifPresent(policy -> targets(key).forEach(target -> read.put(target, policy))));
        });
        return Collections.unmodifiableMap(read);
    }

    /** Only auth is called by others than the homepage. */
    private static List<String> keys() {
        Stream<String> ofOthers = Upstreams.NAMES.stream()
                .flatMap(upstream -> Upstreams.callersOf(upstream).stream()
                        .filter(caller -> !caller.equals(PolicyTarget.HOMEPAGE))
                        .map(caller -> caller + "/" + upstream));
        return Stream.of(Upstreams.NAMES.stream(), ofOthers, Stream.of(ALL + "auth"))
                .flatMap(keys -> keys)
                .toList();
    }

    private static List<PolicyTarget> targets(String key) {
        int slash = key.indexOf('/');
        if (slash < 0) {
            return List.of(PolicyTarget.ofHomepage(key));
        }
        String upstream = key.substring(slash + 1);
        return key.startsWith(ALL)
                ? Upstreams.callersOf(upstream).stream()
                        .map(caller -> new PolicyTarget(caller, upstream))
                        .toList()
                : List.of(new PolicyTarget(key.substring(0, slash), upstream));
    }
}
