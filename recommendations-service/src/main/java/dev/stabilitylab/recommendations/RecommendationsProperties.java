package dev.stabilitylab.recommendations;

import dev.stabilitylab.servicekit.settings.Settings;
import java.util.HashSet;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What this service answers with.
 *
 * @param items at least one, none of them twice
 */
@ConfigurationProperties("recommendations")
record RecommendationsProperties(@DefaultValue List<Integer> items) {

    RecommendationsProperties {
        if (items.isEmpty()) {
            throw Settings.invalid("recommendations.items is empty; there must be at least 1 item");
        }
        if (new HashSet<>(items).size() < items.size()) {
            throw Settings.invalid("recommendations.items is %s; no item may be there twice".formatted(items));
        }
        items = List.copyOf(items);
    }
}
