package dev.stabilitylab.homepage;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.stabilitylab.servicekit.contract.HttpAnswer;
import dev.stabilitylab.servicekit.contract.StalePermissionsContract;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

class StalePermissionsIT extends StalePermissionsContract {

    private static final WireMockServer RECOMMENDATIONS = neighbour();
    private static final WireMockServer POPULARITY = neighbour();

    StalePermissionsIT() {
        super("/home");
    }

    @DynamicPropertySource
    static void useNeighbours(DynamicPropertyRegistry properties) {
        use(properties, "recommendations", RECOMMENDATIONS);
        use(properties, "popularity", POPULARITY);
    }

    @BeforeEach
    void letNeighboursAnswer() {
        recommend(okJson("[12, 23, 100]"));
        listPopular(okJson("[1, 2]"));
    }

    private static void recommend(ResponseDefinitionBuilder answer) {
        RECOMMENDATIONS.stubFor(get("/recommendations").willReturn(answer));
    }

    private static void listPopular(ResponseDefinitionBuilder answer) {
        POPULARITY.stubFor(get("/popular-items").willReturn(answer));
    }

    @Test
    void namesAuthBeforeWhatThePageDoesWithout() {
        introduce("both");
        authAnswers("both", status(500));
        recommend(status(500));

        HttpAnswer answer = call("both");

        assertThat(answer.header("degraded")).isEqualTo("auth,recommendations");
        assertThat(answer.headers()).containsKey("age");
        assertThat(answer.body()).isEqualTo("{\"recommendations\":[],\"popular_items\":[1,2]}");
    }

    @Test
    void passesOnThatUpstreamsWentByStalePermissions() {
        introduce("passed-on");
        recommend(okJson("[12]").withHeader("Degraded", "auth").withHeader("Age", "17"));
        listPopular(okJson("[1]").withHeader("Degraded", "auth").withHeader("Age", "9"));

        HttpAnswer answer = call("passed-on");

        assertThat(answer.header("degraded")).isEqualTo("auth");
        assertThat(answer.header("age")).isEqualTo("17");
        assertThat(answer.body()).isEqualTo("{\"recommendations\":[12],\"popular_items\":[1]}");
    }

    @Test
    void countsAPageOnStalePermissionsAsDegraded() {
        introduce("counted");
        authAnswers("counted", status(500));
        PageCounts before = PageCounts.read(management());

        call("counted");

        assertThat(PageCounts.read(management()).since(before)).isEqualTo(new PageCounts(0, 1, 0, 0));
    }
}
