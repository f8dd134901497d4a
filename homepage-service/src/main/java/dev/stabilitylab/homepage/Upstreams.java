package dev.stabilitylab.homepage;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.stabilitylab.apiclient.ApiClient;
import dev.stabilitylab.apiclient.ApiClients;
import dev.stabilitylab.apiclient.Outcome;
import dev.stabilitylab.servicekit.access.Caller;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Asks the two upstreams that the page can do without. Any failure makes the list empty; so does a 401 or 403, which means
 * that the user's permissions have changed since auth was asked for this page.
 */
@Component
final class Upstreams {

    static final String RECOMMENDATIONS = "recommendations";
    static final String POPULARITY = "popularity";

    private static final TypeReference<List<Integer>> ITEMS = new TypeReference<>() {};

    private final ApiClient recommendations;
    private final ApiClient popularity;

    Upstreams(ApiClients clients) {
        this.recommendations = clients.upstream(RECOMMENDATIONS);
        this.popularity = clients.upstream(POPULARITY);
    }

    /** A user without the permission gets the true answer, an empty list, and no call is made. */
    Outcome<List<Integer>> recommendations(Caller caller) {
        if (!caller.has("can_view_recommendations")) {
            return Outcome.Success.of(List.of());
        }
        return ask(recommendations, "/recommendations", caller);
    }

    Outcome<List<Integer>> popularItems(Caller caller) {
        return ask(popularity, "/popular-items", caller);
    }

    // docs:begin fallback
    private static Outcome<List<Integer>> ask(ApiClient upstream, String path, Caller caller) {
        return upstream.get(path)
                .header(HttpHeaders.AUTHORIZATION, caller.token().toHeader())
                .expect(ITEMS)
                .fallback(List.of())
                .call();
    }
    // docs:end fallback
}
