package dev.stabilitylab.recommendations;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static dev.stabilitylab.servicekit.contract.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.servicekit.contract.HttpAnswer;
import dev.stabilitylab.servicekit.contract.ProtectedContract;
import org.junit.jupiter.api.Test;

class RecommendationsServiceIT extends ProtectedContract {

    RecommendationsServiceIT() {
        super("GET", "/recommendations");
    }

    @Test
    void recommendsTenItems() {
        HttpAnswer answer = callWell();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("[12,23,100,122,220,333,340,400,555,654]");
    }

    @Test
    void answersHeadWithoutABody() {
        HttpAnswer answer = http().send("HEAD", "/recommendations", "Authorization: Token 0x132");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void forbidsUsersWithoutThePermission() {
        grant("can_view_homepage");

        HttpAnswer answer = callWell();

        assertProblem(answer, 403);
        assertThat(answer.body()).contains("can_view_recommendations");
    }

    @Test
    void neitherStartsNorAsksAuthWhenTheDeadlineIsTooShort() {
        assertProblem(callWell("Deadline-Remaining-Ms: 40"), 504);

        AUTH.verify(0, anyRequestedFor(anyUrl()));
    }
}
