package dev.stabilitylab.lab.world.remote;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stabilitylab.lab.world.Service;
import dev.stabilitylab.lab.world.control.ControlHttp;
import dev.stabilitylab.lab.world.control.ControlHttp.Reply;
import dev.stabilitylab.lab.world.control.NoAnswerException;
import java.net.URI;
import java.time.Duration;

/** Finds out whether one instance of the homepage is at an address, and always the same one. */
final class Probe {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private Probe() {}

    /** Asks twice, over two connections: what distributes connections shows by sending them to different instances. */
    static Finding of(URI baseUrl) {
        Finding first = ask(baseUrl);
        if (!first.isInstance()) {
            return first;
        }
        Finding second = ask(baseUrl);
        return !second.isInstance() || second.identity().equals(first.identity())
                ? second
                : Finding.other(
                        "%s leads to more than one instance of the homepage, so that policies would be switched at only some of them. Give every instance's own address."
                                .formatted(baseUrl));
    }

    private static Finding ask(URI baseUrl) {
        URI endpoint = baseUrl.resolve("/actuator/upstreams");
        try {
            Reply reply = new ControlHttp(TIMEOUT).send("GET", endpoint, null);
            JsonNode upstreams = reply.json().path("upstreams");
            boolean isHomepage = Service.upstreams().stream().allMatch(upstream -> upstreams.has(upstream.text()));
            return reply.isSuccess() && isHomepage
                    ? Finding.instance(reply.json().path("instance").asText(baseUrl.toString()))
                    : Finding.other("%s is not a homepage of this system: GET %s answers %d."
                            .formatted(baseUrl, endpoint, reply.status()));
        } catch (NoAnswerException e) {
            return new Finding("", "No homepage answers at %s: %s".formatted(baseUrl, e.getMessage()), false);
        }
    }

    /**
     * What is at an address.
     *
     * @param identity tells instances apart; empty where there is none
     * @param problem why it cannot be used; empty when it can
     * @param answered whether anybody is there
     */
    record Finding(String identity, String problem, boolean answered) {

        static Finding instance(String identity) {
            return new Finding(identity, "", true);
        }

        static Finding other(String problem) {
            return new Finding("", problem, true);
        }

        boolean isInstance() {
            return problem.isEmpty();
        }
    }
}
