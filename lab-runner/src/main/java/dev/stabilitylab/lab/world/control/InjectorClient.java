package dev.stabilitylab.lab.world.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stabilitylab.lab.world.WorldException;
import dev.stabilitylab.lab.world.control.ControlHttp.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Speaks the fault injector's control API, which is Toxiproxy's. */
public final class InjectorClient {

    private static final String NAME = "The fault injector";
    private static final String SCHEDULE = "/schedule";
    private static final int CONFLICT = 409;
    private static final int NOT_FOUND = 404;

    private final ControlCalls calls;
    private final URI baseUrl;

    /** Asks nothing yet. */
    public InjectorClient(ControlCalls calls, URI baseUrl) {
        this.calls = calls;
        this.baseUrl = baseUrl;
    }

    /**
     * Starts a schedule. There must be none: cancel it before.
     *
     * @param events see {@link ScheduleEvents}
     * @param keepalive when the injector hears no more of it for that long, it cancels the schedule
     */
    public void start(List<Map<String, Object>> events, Duration keepalive) {
        Reply reply = send("PUT", SCHEDULE, Map.of("events", events, "keepalive", keepalive.toMillis()));
        // There was none, so a conflict says that an earlier attempt got through and only
        // its answer was lost.
        if (reply.status() != CONFLICT) {
            reply.orThrow(NAME);
        }
    }

    /** Cancels the schedule if there is one, and ends the faults that it caused. */
    public void cancel() {
        send("DELETE", SCHEDULE, null).orThrow(NAME);
    }

    /** Says that the schedule is still wanted, and returns how far it has come. */
    public JsonNode keepAlive() {
        return send("POST", SCHEDULE + "/keepalive", null).orThrow(NAME).json();
    }

    /** Whether a schedule has events still to come. */
    public boolean isScheduleRunning() {
        Reply reply = send("GET", SCHEDULE, null);
        return reply.status() != NOT_FOUND
                && reply.orThrow(NAME).json().path("state").asText().equals("running");
    }

    /** Takes every fault off an upstream. */
    public void heal(String upstream) {
        removeToxics(upstream);
        send("POST", "/proxies/" + upstream, Map.of("enabled", true)).orThrow(NAME);
    }

    /** Takes every fault off every upstream, and cancels the schedule. */
    public void healAll() {
        send("POST", "/reset", null).orThrow(NAME);
    }

    /** By upstream, what is wrong with it, in words; empty where nothing is. Also says which upstreams there are. */
    public Map<String, String> faults() {
        JsonNode proxies = send("GET", "/proxies", null).orThrow(NAME).json();
        if (!proxies.isObject()) {
            throw new WorldException(
                    "%s is not one: GET %s answers no JSON object.".formatted(baseUrl, baseUrl.resolve("/proxies")));
        }
        Map<String, String> faults = new TreeMap<>();
        proxies.properties().forEach(proxy -> faults.put(proxy.getKey(), faultsOf(proxy.getValue())));
        return faults;
    }

    private static String faultsOf(JsonNode proxy) {
        List<String> faults = new ArrayList<>();
        if (!proxy.path("enabled").asBoolean()) {
            faults.add("disabled" + untilItHeals(proxy));
        }
        proxy.path("toxics")
                .forEach(toxic -> faults.add("toxic " + toxic.path("name").asText() + untilItHeals(toxic)));
        return String.join(", ", faults);
    }

    private static String untilItHeals(JsonNode fault) {
        return fault.has("ttl")
                ? " for another %.0f s".formatted(fault.path("ttl").asLong() / 1000.0)
                : "";
    }

    private void removeToxics(String upstream) {
        send("GET", "/proxies/" + upstream + "/toxics", null)
                .orThrow(NAME)
                .json()
                .forEach(toxic -> remove(upstream, toxic.path("name").asText()));
    }

    private void remove(String upstream, String toxic) {
        Reply reply = send("DELETE", "/proxies/" + upstream + "/toxics/" + toxic, null);
        if (reply.status() != NOT_FOUND) {
            reply.orThrow(NAME);
        }
    }

    private Reply send(String method, String path, @Nullable Object body) {
        return calls.send(NAME, method, baseUrl.resolve(path), body);
    }
}
