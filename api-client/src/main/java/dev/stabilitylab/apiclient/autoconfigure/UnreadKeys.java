package dev.stabilitylab.apiclient.autoconfigure;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Finds keys below {@code resilience4j} that nothing reads. Resilience4j ignores keys that it does not know, and has an effect here only
 * through what {@link PolicyAssembler} asks it for: a misspelt key would go unnoticed.
 */
final class UnreadKeys {

    private static final String PREFIX = "resilience4j";
    private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of(PREFIX);

    // What PolicyAssembler reads, and what Resilience4j itself uses for health and for its endpoints of events.
    private static final List<Family> FAMILIES = List.of(
            new Family(
                    "circuitbreaker",
                    List.of("instances", "backends"),
                    List.of(
                            "sliding-window-type",
                            "sliding-window-size",
                            "minimum-number-of-calls",
                            "failure-rate-threshold",
                            "slow-call-rate-threshold",
                            "slow-call-duration-threshold",
                            "wait-duration-in-open-state",
                            "permitted-number-of-calls-in-half-open-state",
                            "max-wait-duration-in-half-open-state",
                            "register-health-indicator",
                            "allow-health-indicator-to-fail",
                            "event-consumer-buffer-size")),
            new Family(
                    "retry",
                    List.of("instances", "backends"),
                    List.of(
                            "max-attempts",
                            "wait-duration",
                            "enable-exponential-backoff",
                            "exponential-backoff-multiplier",
                            "exponential-max-wait-duration")),
            new Family(
                    "bulkhead",
                    List.of("instances", "backends"),
                    List.of("max-concurrent-calls", "max-wait-duration", "event-consumer-buffer-size")),
            new Family("timelimiter", List.of("instances"), List.of("timeout-duration")));

    private final Environment environment;
    private final Set<String> read = new HashSet<>();
    private final Set<String> readFromVariables;

    /**
     * Knows what is read.
     *
     * @param upstreams names of upstreams, which are the instances that are read
     */
    UnreadKeys(Environment environment, Collection<String> upstreams) {
        this.environment = environment;
        FAMILIES.forEach(family -> {
            upstreams.forEach(upstream -> family.groups().forEach(group -> addInstance(family, group, upstream)));
            addConfig(family, "default");
        });
        this.readFromVariables = read.stream().map(UnreadKeys::squash).collect(Collectors.toSet());
    }

    /** The keys, without their values. */
    SortedSet<String> find() {
        SortedSet<String> unread = new TreeSet<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource keys) {
                boolean variables = source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
                keys.stream()
                        .filter(ROOT::isAncestorOf)
                        .filter(key -> !isRead(key, variables))
                        .forEach(key -> unread.add(withoutIndex(key).toString()));
            }
        }
        return unread;
    }

    private void addInstance(Family family, String group, String name) {
        add(family, group, name);
        baseConfig(family, group, name);
    }

    private void addConfig(Family family, String name) {
        if (add(family, "configs", name)) {
            baseConfig(family, "configs", name);
        }
    }

    private void baseConfig(Family family, String group, String name) {
        String key = String.join(".", PREFIX, family.name(), group, name, "base-config");
        Binder.get(environment).bind(key, String.class).ifBound(base -> addConfig(family, base));
    }

    private boolean add(Family family, String group, String name) {
        family.settings().forEach(setting -> read.add(key(family.name(), group, name, setting)));
        return read.add(key(family.name(), group, name, "base-config"));
    }

    private boolean isRead(ConfigurationPropertyName key, boolean variable) {
        if (isMetrics(key)) {
            return true;
        }
        if (variable) {
            // SLIDINGWINDOWSIZE and SLIDING_WINDOW_SIZE both stand for sliding-window-size.
            return readFromVariables.contains(squash(key.toString()));
        }
        return key.getNumberOfElements() == 5
                && read.contains(key(
                        key.getElement(1, Form.UNIFORM),
                        key.getElement(2, Form.UNIFORM),
                        key.getElement(3, Form.ORIGINAL),
                        key.getElement(4, Form.UNIFORM)));
    }

    /** Resilience4j's own switches for its metrics, which do have an effect. */
    private static boolean isMetrics(ConfigurationPropertyName key) {
        return key.getNumberOfElements() > 3
                && key.getElement(2, Form.UNIFORM).equals("metrics")
                && FAMILIES.stream().anyMatch(family -> family.name().equals(key.getElement(1, Form.UNIFORM)));
    }

    // Names of instances are keys of a map and taken literally; all else is bound in a relaxed way.
    private static String key(String family, String group, String name, String setting) {
        return String.join(".", PREFIX, family, group, name, squash(setting));
    }

    private static String squash(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    private static ConfigurationPropertyName withoutIndex(ConfigurationPropertyName key) {
        ConfigurationPropertyName each = key;
        while (each.isNumericIndex(each.getNumberOfElements() - 1)) {
            each = each.getParent();
        }
        return each;
    }

    private record Family(String name, List<String> groups, List<String> settings) {}
}
