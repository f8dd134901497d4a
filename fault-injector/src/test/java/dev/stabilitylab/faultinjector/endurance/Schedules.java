package dev.stabilitylab.faultinjector.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stabilitylab.faultinjector.conformance.Api;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;

/** Random timelines for a fault injector to execute, one after the other; some are cancelled. */
final class Schedules {

    private static final int MIN_EVENTS = 50;
    private static final int MAX_EVENTS = 200;
    private static final int MILLIS = 1_000;

    private final Api api;
    private final List<String> proxies;
    private final Changes changes;
    private final Random random;
    private final Tally tally;

    /** Schedules changes of the proxies of these names, of which there may be more or fewer at times. */
    Schedules(Api api, List<String> proxies, Tally tally, long seed) {
        this.api = api;
        this.proxies = proxies;
        this.changes = new Changes(api, proxies, "", seed);
        this.random = new Random(seed);
        this.tally = tally;
    }

    /** Has one executed, wholly or up to some moment; at the end none runs. */
    void play() {
        Api.Reply started = api.send("PUT", "/schedule", timeline());
        if (started.status() == 400) {
            assertThat(started.error()).contains("there is no proxy");
            return;
        }
        started.require(201);
        if (random.nextBoolean()) {
            LockSupport.parkNanos(Duration.ofMillis(random.nextInt(MILLIS)).toNanos());
        } else {
            awaitEnd();
        }
        tally.schedules.increment();
        for (JsonNode event : show().get("events")) {
            tally.events.add(event.get("state").asText().equals("done") ? 1 : 0);
        }
        api.delete("/schedule").require(204);
        assertThat(show().get("state").asText()).isNotEqualTo("running");
    }

    /** Somebody else may reset everything, which cancels it. */
    private void awaitEnd() {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(50))
                .atMost(Duration.ofSeconds(60))
                .until(() -> !show().get("state").asText().equals("running"));
    }

    private JsonNode show() {
        return api.get("/schedule").require(200).json();
    }

    private String timeline() {
        List<String> events = new ArrayList<>();
        for (int i = MIN_EVENTS + random.nextInt(MAX_EVENTS - MIN_EVENTS); i > 0; i--) {
            events.add("{\"at\":%d,%s}".formatted(random.nextInt(MILLIS), event()));
        }
        return "{\"events\":[%s]}".formatted(String.join(",", events));
    }

    private String event() {
        String proxy = "\"proxy\":\"%s\",".formatted(pick(proxies));
        String type = pick(Changes.TYPES);
        int ttl = 1 + random.nextInt(300);
        return switch (random.nextInt(20)) {
            case 0 -> "\"reset\":true";
            case 1 -> proxy + "\"enabled\":true";
            case 2 -> proxy + "\"enabled\":false,\"ttl\":" + (1 + ttl / 10);
            case 3, 4, 5, 6, 7 -> proxy + "\"remove\":\"%s\"".formatted(type);
            default -> proxy + "\"toxic\":" + changes.toxic(type).replaceFirst("\\}$", ",\"ttl\":" + ttl + "}");
        };
    }

    private String pick(List<String> values) {
        return values.get(random.nextInt(values.size()));
    }
}
