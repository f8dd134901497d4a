package dev.stabilitylab.recommendations;

import dev.stabilitylab.servicekit.contract.SilentLogContract;
import org.springframework.test.context.TestPropertySource;

/** Auth is down, so that failed calls are logged too. */
@TestPropertySource(properties = "api-client.upstreams.auth.base-url=http://127.0.0.1:1")
class RecommendationsServiceLogIT extends SilentLogContract {

    RecommendationsServiceLogIT() {
        super("GET", "/recommendations");
    }
}
