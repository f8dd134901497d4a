package dev.stabilitylab.servicekit.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stabilitylab.servicekit.problems.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;

class TokenTest {

    private static HttpHeaders authorization(String... values) {
        HttpHeaders headers = new HttpHeaders();
        headers.addAll(HttpHeaders.AUTHORIZATION, List.of(values));
        return headers;
    }

    @ParameterizedTest
    @ValueSource(strings = {"Token 0x132", "token 0x132", "TOKEN   0x132", "Token 0x132 "})
    void readsTheSchemeInAnyCaseAndAnySpacesAroundIt(String header) {
        Token token = Token.from(authorization(header));

        assertThat(token.value()).isEqualTo("0x132");
        assertThat(token.toHeader()).isEqualTo("Token 0x132");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "aZ09-._~+/", "abc=", "abc=="})
    void acceptsEveryCharacterOfAToken68(String value) {
        assertThat(Token.from(authorization("Token " + value)).value()).isEqualTo(value);
    }

    @Test
    void acceptsATokenOfTheGreatestLength() {
        String longest = "x".repeat(Token.MAX_LENGTH);

        assertThat(Token.from(authorization("Token " + longest)).value()).isEqualTo(longest);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "Token",
                "Token ",
                "0x132",
                "Bearer 0x132",
                "Token a b",
                "Token \u00e4",
                "Token =",
                "Token a=b",
                "Token\ta"
            })
    void challengesWhatIsNotAToken(String header) {
        assertChallenge(authorization(header));
    }

    @Test
    void challengesATokenThatIsTooLong() {
        assertChallenge(authorization("Token " + "x".repeat(Token.MAX_LENGTH + 1)));
    }

    @Test
    void challengesARequestWithoutTheHeader() {
        assertChallenge(new HttpHeaders());
    }

    @Test
    void challengesSeveralHeadersEvenIfTheyAreTheSame() {
        assertChallenge(authorization("Token 0x132", "Token 0x132"));
    }

    @Test
    void doesNotPrintItsValue() {
        assertThat(Token.from(authorization("Token 0x132"))).hasToString("Token[hidden]");
    }

    private static void assertChallenge(HttpHeaders headers) {
        ProblemException problem = catchThrowableOfType(ProblemException.class, () -> Token.from(headers));

        assertThat(problem.getStatusCode().value()).isEqualTo(401);
        assertThat(problem.getHeaders().getFirst("WWW-Authenticate")).isEqualTo("Token realm=\"stability-lab\"");
    }

    @Test
    void isToldFromOthersByAFingerprintThatDoesNotTellIt() {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.AUTHORIZATION, "Token 0x132");
        HttpHeaders others = new HttpHeaders();
        others.set(HttpHeaders.AUTHORIZATION, "Token 0x133");

        String fingerprint = Token.from(headers).fingerprint();

        assertThat(fingerprint)
                .hasSize(64)
                .doesNotContain("0x132")
                .isNotEqualTo(Token.from(others).fingerprint());
        assertThat(Token.from(headers).fingerprint()).isEqualTo(fingerprint);
    }
}
