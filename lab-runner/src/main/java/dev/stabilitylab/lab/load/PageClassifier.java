package dev.stabilitylab.lab.load;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.stabilitylab.lab.http.Body;
import dev.stabilitylab.lab.record.PageKind;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Holds an answer against the contract of {@code GET /home}: an object of {@code recommendations} and {@code popular_items}, in that order and
 * nothing else, both arrays of integers. A list is empty if, and only if, the header {@code Degraded} names it. The header may also name
 * auth: the page was built with stale permissions, and no list need be missing.
 */
final class PageClassifier {

    private static final JsonFactory JSON = new JsonFactory();
    private static final String STALE_PERMISSIONS = "auth";

    private PageClassifier() {}

    /**
     * What a user got.
     *
     * @param degraded the values of all headers {@code Degraded}
     */
    static PageKind classify(int status, List<String> degraded, Body body) {
        if (status == 401 || status == 403) {
            return PageKind.REFUSED;
        }
        if (status != 200) {
            return PageKind.FAILED;
        }
        List<String> names = degraded.stream()
                .flatMap(header -> Stream.of(header.split(",", -1)))
                .map(String::strip)
                .toList();
        Set<Part> announced = announced(names);
        if (announced == null || body.truncated() || !announced.equals(missing(body.text()))) {
            return PageKind.WRONG_BODY;
        }
        return names.isEmpty() ? PageKind.FULL : PageKind.DEGRADED;
    }

    /** The parts among these names; null when there is any other name. */
    private static @Nullable Set<Part> announced(List<String> names) {
        Set<Part> parts = EnumSet.noneOf(Part.class);
        for (String name : names) {
            if (name.equals(STALE_PERMISSIONS)) {
                continue;
            }
            Part part = Part.named(name);
            if (part == null) {
                return null;
            }
            parts.add(part);
        }
        return parts;
    }

    /** The parts whose list is empty; null when this is not a page. */
    private static @Nullable Set<Part> missing(String body) {
        Set<Part> empty = EnumSet.noneOf(Part.class);
        try (JsonParser json = JSON.createParser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            for (Part part : Part.values()) {
                int size = part.key.equals(json.nextFieldName()) ? sizeOfIntegers(json) : -1;
                if (size < 0) {
                    return null;
                }
                if (size == 0) {
                    empty.add(part);
                }
            }
            return json.nextToken() == JsonToken.END_OBJECT && json.nextToken() == null ? empty : null;
        } catch (IOException e) {
            return null;
        }
    }

    private static int sizeOfIntegers(JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.START_ARRAY) {
            return -1;
        }
        int size = 0;
        while (json.nextToken() == JsonToken.VALUE_NUMBER_INT) {
            size++;
        }
        return json.currentToken() == JsonToken.END_ARRAY ? size : -1;
    }

    /** The parts of a page, in their order. */
    private enum Part {
        RECOMMENDATIONS("recommendations", "recommendations"),
        POPULAR_ITEMS("popular_items", "popularity");

        private final String key;
        private final String upstream;

        Part(String key, String upstream) {
            this.key = key;
            this.upstream = upstream;
        }

        static @Nullable Part named(String name) {
            for (Part part : values()) {
                if (name.equals(part.key) || name.equals(part.upstream)) {
                    return part;
                }
            }
            return null;
        }
    }
}
