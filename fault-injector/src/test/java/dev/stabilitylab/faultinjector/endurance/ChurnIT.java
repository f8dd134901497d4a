package dev.stabilitylab.faultinjector.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.faultinjector.BareInjector;
import dev.stabilitylab.faultinjector.LeakCheck;
import dev.stabilitylab.faultinjector.conformance.Api;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Some thousand connections that end in every way, through toxics of every type. */
@ExtendWith(LeakCheck.class)
@Timeout(120)
class ChurnIT {

    private static final int CLIENTS = 8;
    private static final int CONNECTIONS = 250;

    @Test
    void leavesNoConnectionDescriptorOrThread() throws Exception {
        try (BareInjector injector = new BareInjector();
                Echo echo = new Echo()) {
            Api api = new Api("http://127.0.0.1:" + injector.controlPort());
            int port = SoakIT.addProxy(api, "one", echo.address());
            connect(port, 50);
            Resources before = settled(injector);

            Changes changes = new Changes(api, List.of("one"), echo.address(), 5);
            for (String type : Changes.TYPES) {
                String toxic = changes.toxic(type).replaceFirst("\"toxicity\":[0-9.]+", "\"toxicity\":0.15");
                api.post("/proxies/one/toxics", toxic).require(200);
            }
            connect(port, CONNECTIONS);

            before.awaitReturn(injector);
            api.post("/reset", "").require(204);
            assertThat(outcomes(port, 20))
                    .contains(Visit.Outcome.WHOLE)
                    .doesNotContain(Visit.Outcome.ENDED, Visit.Outcome.CUT);
        }
    }

    /** What is there with no connection open. */
    private static Resources settled(BareInjector injector) {
        Resources unlimited = new Resources(Long.MAX_VALUE, Long.MAX_VALUE);
        unlimited.awaitReturn(injector);
        return Resources.now();
    }

    private static List<Visit.Outcome> outcomes(int port, int count) throws IOException {
        List<Visit.Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            outcomes.add(new Visit(port, i).call());
        }
        return outcomes;
    }

    private static void connect(int port, int count) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        List<Future<?>> pending = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            pending.add(clients.submit(() -> outcomes(port, count)));
        }
        for (Future<?> one : pending) {
            one.get();
        }
        clients.shutdown();
    }
}
