package dev.stabilitylab.homepage;

import static dev.stabilitylab.servicekit.contract.Tokens.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.servicekit.contract.RawHttp;
import dev.stabilitylab.servicekit.contract.SilentLogContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The homepage also forwards tokens. Recommendations is down, so that failed calls are logged too. */
class HomepageServiceLogIT extends SilentLogContract {

    private static final RawUpstream AUTH = new RawUpstream(RawUpstream.json(
            "{\"uuid\": \"0b6a1f5e-54c1-4a0f-9d0c-6f1f2f3c0132\","
                    + " \"permissions\": [\"can_view_homepage\", \"can_view_recommendations\"]}",
            0));
    private static final RawUpstream POPULARITY = new RawUpstream(RawUpstream.json("[1, 2]", 0));

    HomepageServiceLogIT() {
        super("GET", "/home");
    }

    @DynamicPropertySource
    static void useUpstreams(DynamicPropertyRegistry properties) {
        properties.add("api-client.upstreams.auth.base-url", AUTH::url);
        properties.add("api-client.upstreams.popularity.base-url", POPULARITY::url);
        properties.add("api-client.upstreams.recommendations.base-url", () -> "http://127.0.0.1:1");
    }

    @AfterAll
    static void stop() {
        AUTH.close();
        POPULARITY.close();
    }

    @Test
    void keepsAForwardedTokenOutOfTheLog(@LocalServerPort int port, CapturedOutput output) {
        assertThat(new RawHttp(port)
                        .send("GET", "/home", "Authorization: Token " + SECRET)
                        .status())
                .isEqualTo(200);

        assertLogged(output);
    }
}
