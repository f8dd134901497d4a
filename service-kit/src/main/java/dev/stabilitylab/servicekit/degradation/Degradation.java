package dev.stabilitylab.servicekit.degradation;

import dev.stabilitylab.apiclient.Headers;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * What an answer does without, and how old the permissions behind it are. The headers {@value #DEGRADED} and {@code Age} say so.
 *
 * @param staleFor age of stale permissions; null when auth confirmed them for this very request
 * @param missing the upstreams that the answer does without, by name
 */
public record Degradation(@Nullable Duration staleFor, List<String> missing) {

    /** Response header: {@value #AUTH} for stale permissions, then the missing upstreams, separated by commas. */
    public static final String DEGRADED = "Degraded";

    /** Stands in {@value #DEGRADED} for stale permissions; {@code Age} has their age in whole seconds then. */
    public static final String AUTH = "auth";

    /** Nothing is missing or stale. */
    public static final Degradation NONE = new Degradation(null, List.of());

    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    /** Keeps a copy of the names. */
    public Degradation {
        missing = List.copyOf(missing);
    }

    /** The answer rests on permissions of this age. */
    public static Degradation stalePermissions(Duration age) {
        return new Degradation(age, List.of());
    }

    /** The answer does without this upstream. */
    public static Degradation without(String upstream) {
        return new Degradation(null, List.of(upstream));
    }

    /** What an upstream's answer passes on to ours: its stale permissions, but not what it does without. An unreadable age is 0. */
    public static Degradation passedOn(Headers answer) {
        boolean stale = answer.all(DEGRADED).stream()
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .anyMatch(name -> name.strip().equals(AUTH));
        if (!stale) {
            return NONE;
        }
        long seconds = answer.first(HttpHeaders.AGE)
                .map(String::strip)
                .filter(value -> SECONDS.matcher(value).matches())
                .map(Long::parseLong)
                .orElse(0L);
        return stalePermissions(Duration.ofSeconds(seconds));
    }

    /** Both together, with the larger of the two ages. */
    public Degradation and(Degradation other) {
        return new Degradation(
                older(staleFor, other.staleFor),
                Stream.concat(missing.stream(), other.missing.stream()).toList());
    }

    /** The headers for the answer; empty when there is nothing to say. */
    public HttpHeaders toHeaders() {
        HttpHeaders headers = new HttpHeaders();
        if (staleFor != null || !missing.isEmpty()) {
            Stream<String> auth = staleFor == null ? Stream.empty() : Stream.of(AUTH);
            headers.set(
                    DEGRADED,
                    String.join(",", Stream.concat(auth, missing.stream()).toList()));
        }
        if (staleFor != null) {
            headers.set(HttpHeaders.AGE, Long.toString(staleFor.toSeconds()));
        }
        return headers;
    }

    private static @Nullable Duration older(@Nullable Duration one, @Nullable Duration other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) >= 0 ? one : other;
    }
}
