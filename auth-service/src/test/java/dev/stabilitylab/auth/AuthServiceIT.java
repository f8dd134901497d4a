package dev.stabilitylab.auth;

import static dev.stabilitylab.servicekit.contract.Problems.assertProblem;
import static dev.stabilitylab.servicekit.contract.Problems.assertUnauthorized;
import static dev.stabilitylab.servicekit.contract.Tokens.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.servicekit.contract.HttpAnswer;
import dev.stabilitylab.servicekit.contract.ServiceContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;

class AuthServiceIT extends ServiceContract {

    AuthServiceIT() {
        super("POST", "/authenticate");
    }

    @Test
    void knowsTheUserWithAllPermissions() {
        HttpAnswer answer = call("Authorization: Token 0x132");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"uuid\":\"0b6a1f5e-54c1-4a0f-9d0c-6f1f2f3c0132\","
                        + "\"permissions\":[\"can_view_homepage\",\"can_view_recommendations\"]}");
    }

    @Test
    void knowsAUserWhoMayNotViewTheHomepage() {
        assertThat(call("Authorization: Token 0x201").body())
                .contains("\"permissions\":[\"can_view_recommendations\"]");
    }

    @Test
    void knowsAUserWhoMayNotViewRecommendations() {
        assertThat(call("Authorization: token 0x202").body()).contains("\"permissions\":[\"can_view_homepage\"]");
    }

    @Test
    void knowsTwoUsersWithAllPermissionsApart() {
        assertThat(call("Authorization: Token 0x203").body())
                .isEqualTo("{\"uuid\":\"6c5b4a39-2345-4d6e-9fa0-b1c2d3e40203\","
                        + "\"permissions\":[\"can_view_homepage\",\"can_view_recommendations\"]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {SECRET, "0x13", "0x1322", "0X132", "0x132="})
    void challengesAnUnknownToken(String token, CapturedOutput output) {
        HttpAnswer answer = call("Authorization: Token " + token);

        assertUnauthorized(answer);
        assertThat(answer.toString()).doesNotContain(SECRET);
        assertThat(output.getAll()).doesNotContain(SECRET);
    }

    @Test
    void doesNotStartWorkThatCannotEndInTime() {
        assertProblem(callWell("Deadline-Remaining-Ms: 3"), 504);
    }

    @Test
    void offersNothingButAuthenticate() {
        assertProblem(http().send("GET", "/authenticate", "Authorization: Token 0x132"), 405);
    }
}
