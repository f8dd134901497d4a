package dev.stabilitylab.lab.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.lab.http.Body;
import dev.stabilitylab.lab.record.PageKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageClassifierTest {

    private static final String FULL = "{\"recommendations\": [12, 23], \"popular_items\": [1]}";

    @Test
    void takesTheWholePageForFull() {
        assertThat(classify(200, FULL)).isEqualTo(PageKind.FULL);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            recommendations                  | {"recommendations": [], "popular_items": [1]}
            popularity                       | {"recommendations": [1], "popular_items": []}
            popular_items                    | {"recommendations": [1], "popular_items": []}
            recommendations,popularity       | {"recommendations": [], "popular_items": []}
            popular_items , recommendations  | {"recommendations": [], "popular_items": []}
            """)
    void takesAPageForDegradedWhenTheHeaderNamesJustTheEmptyLists(String header, String body) {
        assertThat(classify(200, body, header)).isEqualTo(PageKind.DEGRADED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            auth                  | {"recommendations": [1], "popular_items": [1]}
            auth,recommendations  | {"recommendations": [], "popular_items": [1]}
            popularity, auth      | {"recommendations": [1], "popular_items": []}
            """)
    void takesAPageWithStalePermissionsForDegraded(String header, String body) {
        assertThat(classify(200, body, header)).isEqualTo(PageKind.DEGRADED);
    }

    @Test
    void readsTheDegradedHeaderOverSeveralLines() {
        assertThat(classify(200, "{\"recommendations\":[],\"popular_items\":[]}", "recommendations", "popularity"))
                .isEqualTo(PageKind.DEGRADED);
    }

    @ParameterizedTest
    @CsvSource({
        "401, REFUSED",
        "403, REFUSED",
        "503, FAILED",
        "500, FAILED",
        "204, FAILED",
        "302, FAILED",
        "404, FAILED"
    })
    void goesByTheStatusWhenItIsNot200(int status, PageKind kind) {
        assertThat(classify(status, FULL)).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "<html>",
                "{\"recommendations\": [1]}",
                "{\"popular_items\": [1], \"recommendations\": [1]}",
                "{\"recommendations\": [1], \"popular_items\": [1], \"more\": 1}",
                "{\"recommendations\": [1], \"recommendations\": [1], \"popular_items\": [1]}",
                "{\"recommendations\": [1], \"popular_items\": [1]} x",
                "{\"recommendations\": [1], \"popular_items\": [1]} {}",
                "{\"recommendations\": [1], \"popular_items\": [1]",
                "{\"recommendations\": [1.0], \"popular_items\": [1]}",
                "{\"recommendations\": [\"1\"], \"popular_items\": [1]}",
                "{\"recommendations\": [[1]], \"popular_items\": [1]}",
                "{\"recommendations\": null, \"popular_items\": [1]}",
                "{\"recommendations\": [1], \"popular_items\": {}}",
                "{\"recommendations\": [], \"popular_items\": [1]}",
                "{\"recommendations\": [1], \"popular_items\": []}"
            })
    void takesAnyOtherBodyForWrong(String body) {
        assertThat(classify(200, body)).isEqualTo(PageKind.WRONG_BODY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "recommendations",
                "popularity",
                "recommendations,popularity",
                "auth,popularity",
                "homepage",
                "",
                "Recommendations"
            })
    void takesAFullPageThatClaimsToBeDegradedForWrong(String header) {
        assertThat(classify(200, FULL, header)).isEqualTo(PageKind.WRONG_BODY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"popularity", "recommendations,popularity", "auth", "recommendations,"})
    void takesAPageForWrongWhenTheHeaderNamesOtherLists(String header) {
        assertThat(classify(200, "{\"recommendations\": [], \"popular_items\": [1]}", header))
                .isEqualTo(PageKind.WRONG_BODY);
    }

    @Test
    void takesATruncatedBodyForWrong() {
        assertThat(PageClassifier.classify(200, List.of(), new Body(FULL, true)))
                .isEqualTo(PageKind.WRONG_BODY);
    }

    private static PageKind classify(int status, String body, String... degraded) {
        return PageClassifier.classify(status, List.of(degraded), new Body(body, false));
    }
}
