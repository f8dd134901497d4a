package dev.stabilitylab.homepage;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.stabilitylab.apiclient.Outcome;
import java.util.ArrayList;
import java.util.List;

/**
 * The homepage as it is sent.
 *
 * @param degraded the upstreams that the page does without, by name; not part of the body
 */
@JsonPropertyOrder({"recommendations", "popular_items"})
record Page(
        @JsonProperty("recommendations") List<Integer> recommendations,
        @JsonProperty("popular_items") List<Integer> popularItems,
        @JsonIgnore List<String> degraded) {

    static Page of(Outcome<List<Integer>> recommendations, Outcome<List<Integer>> popularItems) {
        List<String> degraded = new ArrayList<>(2);
        if (!(recommendations instanceof Outcome.Success)) {
            degraded.add(Upstreams.RECOMMENDATIONS);
        }
        if (!(popularItems instanceof Outcome.Success)) {
            degraded.add(Upstreams.POPULARITY);
        }
        return new Page(items(recommendations), items(popularItems), List.copyOf(degraded));
    }

    private static List<Integer> items(Outcome<List<Integer>> outcome) {
        return outcome.fold(items -> items, failure -> List.of());
    }
}
