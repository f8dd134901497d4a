package dev.stabilitylab.homepage;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.stabilitylab.apiclient.Outcome;
import dev.stabilitylab.servicekit.degradation.Degradation;
import java.util.List;

/**
 * The homepage as it is sent.
 *
 * @param degradation what the page does without, and how old the permissions behind it are; not part of the body
 */
@JsonPropertyOrder({"recommendations", "popular_items"})
record Page(
        @JsonProperty("recommendations") List<Integer> recommendations,
        @JsonProperty("popular_items") List<Integer> popularItems,
        @JsonIgnore Degradation degradation) {

    /** @param permissions what there is to say of the permissions that the homepage itself went by */
    static Page of(
            Degradation permissions, Outcome<List<Integer>> recommendations, Outcome<List<Integer>> popularItems) {
        return new Page(
                items(recommendations),
                items(popularItems),
                permissions
                        .and(degradation(Upstreams.RECOMMENDATIONS, recommendations))
                        .and(degradation(Upstreams.POPULARITY, popularItems)));
    }

    /** An upstream that answered may have gone by stale permissions itself. */
    private static Degradation degradation(String upstream, Outcome<List<Integer>> outcome) {
        return outcome instanceof Outcome.Success<List<Integer>> success
                ? Degradation.passedOn(success.response().headers())
                : Degradation.without(upstream);
    }

    private static List<Integer> items(Outcome<List<Integer>> outcome) {
        return outcome.fold(items -> items, failure -> List.of());
    }
}
