package dev.stabilitylab.popularity;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static dev.stabilitylab.servicekit.contract.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.servicekit.contract.HttpAnswer;
import dev.stabilitylab.servicekit.contract.ProtectedContract;
import org.junit.jupiter.api.Test;

class PopularityServiceIT extends ProtectedContract {

    PopularityServiceIT() {
        super("GET", "/popular-items");
    }

    @Test
    void listsTenPopularItems() {
        HttpAnswer answer = callWell();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("[1,2,3,4,5,6,7,8,9,10]");
    }

    @Test
    void answersHeadWithoutABody() {
        HttpAnswer answer = http().send("HEAD", "/popular-items", "Authorization: Token 0x132");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void isOpenToKnownUsersWithoutAnyPermission() {
        grant();

        assertThat(callWell().status()).isEqualTo(200);
    }

    @Test
    void neitherStartsNorAsksAuthWhenTheDeadlineIsTooShort() {
        assertProblem(callWell("Deadline-Remaining-Ms: 10"), 504);

        AUTH.verify(0, anyRequestedFor(anyUrl()));
    }
}
