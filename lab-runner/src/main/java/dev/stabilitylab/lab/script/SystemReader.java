package dev.stabilitylab.lab.script;

import dev.stabilitylab.lab.script.Simulation.SystemSpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads the section {@code system}. */
final class SystemReader {

    private static final int MAX_HOMEPAGES = 8;
    private static final Pattern PROPERTY = Pattern.compile("[A-Za-z][A-Za-z0-9._\\[\\]-]{0,199}");

    /** One homepage, and nothing set. */
    static final SystemSpec DEFAULT = new SystemSpec(1, Map.of());

    private SystemReader() {}

    static SystemSpec read(Value system) {
        return system.section(List.of("homepages", "settings"))
                .map(section -> new SystemSpec(
                        section.get("homepages")
                                .flatMap(count -> count.wholeNumber(1, MAX_HOMEPAGES))
                                .orElse(1),
                        section.get("settings").map(SystemReader::settings).orElse(Map.of())))
                .orElse(DEFAULT);
    }

    private static Map<String, Map<String, String>> settings(Value settings) {
        Map<String, Map<String, String>> byService = new LinkedHashMap<>();
        settings.section(Upstreams.SERVICES)
                .ifPresent(services -> services.keys()
                        .forEach(service -> services.get(service)
                                .flatMap(Value::names)
                                .ifPresent(properties -> byService.put(service, properties(properties)))));
        return Collections.unmodifiableMap(byService);
    }

    private static Map<String, String> properties(Section section) {
        Map<String, String> properties = new LinkedHashMap<>();
        for (String key : section.keys()) {
            section.get(key).ifPresent(value -> {
                if (!PROPERTY.matcher(key).matches()) {
                    value.refuse("its key is not the name of a property, such as service-kit.capacity.service-time");
                }
                value.scalar().ifPresent(text -> properties.put(key, text));
            });
        }
        return Collections.unmodifiableMap(properties);
    }
}
