package dev.stabilitylab.popularity;

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
@ConfigurationProperties("popularity")
record PopularityProperties(@DefaultValue List<Integer> items) {

    PopularityProperties {
        if (items.isEmpty()) {
            throw Settings.invalid("popularity.items is empty; there must be at least 1 item");
        }
        if (new HashSet<>(items).size() < items.size()) {
            throw Settings.invalid("popularity.items is %s; no item may be there twice".formatted(items));
        }
        items = List.copyOf(items);
    }
}
