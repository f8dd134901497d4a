package dev.stabilitylab.servicekit.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stabilitylab.servicekit.contract.HttpAnswer;
import dev.stabilitylab.servicekit.contract.RawHttp;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;

/** What becomes of a request that is slow when the fault ends, or the service stops. */
@Timeout(60)
class FaultEndIT {

    private final ServletWebServerApplicationContext application =
            FaultsIT.start("--service-kit.fault-switching=true", "--spring.lifecycle.timeout-per-shutdown-phase=200ms");
    private final RawHttp http = new RawHttp(application.getWebServer().getPort());
    private final RawHttp management = FaultsIT.operators(application);
    private CompletableFuture<HttpAnswer> slow = new CompletableFuture<>();

    @BeforeEach
    void startARequestThatTakesAnHour() {
        management.sendJson("PUT", "/actuator/faults/active?ttl=60s", "{\"slowdown\": {\"latency\": \"1h\"}}");
        slow = CompletableFuture.supplyAsync(() -> http.send("GET", "/work"), task -> new Thread(task).start());
        await().until(() -> active() == 1);
    }

    @AfterEach
    void stop() {
        application.close();
    }

    @Test
    void goesOnWithItsWorkWhenTheFaultEnds() {
        management.send("DELETE", "/actuator/faults/active");

        HttpAnswer next = http.send("GET", "/work");

        assertThat(next.body()).isEqualTo("done");
        assertThat(slow).isNotDone();
        assertThat(active()).isOne();
    }

    @Test
    void doesNotKeepTheServiceFromStopping() {
        application.close();

        assertThat(application.isActive()).isFalse();
        await().until(slow::isDone);
    }

    private double active() {
        return application
                .getBean(MeterRegistry.class)
                .get("capacity.requests.active")
                .gauge()
                .value();
    }
}
