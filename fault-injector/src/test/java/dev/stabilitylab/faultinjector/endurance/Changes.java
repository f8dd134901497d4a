package dev.stabilitylab.faultinjector.endurance;

import dev.stabilitylab.faultinjector.conformance.Api;
import java.util.List;
import java.util.Random;

/** Random, valid requests to a control API. What they meet may have been changed by others meanwhile. */
final class Changes {

    /** The header of requests that HTTP faults may hit. */
    static final String HIT = "X-Hit: yes";

    /** The body that an {@code http_status} answers with. */
    static final String BUSY = "busy";

    /** The body that an {@code http_replace} puts in the place of another one. */
    static final String PAGE = "<html></html>";

    /** All types of toxics. */
    static final List<String> TYPES = List.of(
            "latency",
            "bandwidth",
            "slow_close",
            "timeout",
            "reset_peer",
            "slicer",
            "limit_data",
            "noop",
            "http_status",
            "http_latency",
            "http_headers",
            "http_replace",
            "http_corrupt",
            "http_drip",
            "http_truncate");

    private final Api api;
    private final List<String> proxies;
    private final String upstream;
    private final Random random;

    /** Changes the proxies of these names, of which there may be more or fewer afterwards. */
    Changes(Api api, List<String> proxies, String upstream, long seed) {
        this.api = api;
        this.proxies = proxies;
        this.upstream = upstream;
        this.random = new Random(seed);
    }

    /** Adds, changes, removes or shows a toxic; its type is its name, so that two may want the same. */
    Api.Reply changeToxic() {
        String toxics = "/proxies/" + pick(proxies) + "/toxics";
        String type = pick(TYPES);
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> api.post(toxics, toxic(type));
            case 3, 4 ->
                api.patch(
                        toxics + "/" + type,
                        "{\"toxicity\":%s,\"attributes\":{%s}}".formatted(share(), attributes(type)));
            case 5, 6 -> api.delete(toxics + "/" + type);
            default -> api.get(toxics);
        };
    }

    /** Adds, changes, removes or shows proxies, or resets all. */
    Api.Reply changeProxy() {
        String name = pick(proxies);
        return switch (random.nextInt(9)) {
            case 0, 1 -> api.post("/proxies", proxy(name));
            case 2 -> api.patch("/proxies/" + name, "{\"enabled\":%s}".formatted(random.nextBoolean()));
            case 3 -> api.post("/proxies/" + name, "{\"listen\":\"127.0.0.1:0\"}");
            case 4, 5 -> api.delete("/proxies/" + name);
            case 6 -> api.post("/populate", "[" + proxy(name) + "," + proxy(pick(proxies)) + "]");
            case 7 -> api.post("/reset", "");
            default -> api.get("/proxies");
        };
    }

    String toxic(String type) {
        return "{\"name\":\"%s\",\"type\":\"%s\",\"stream\":\"%s\",\"toxicity\":%s,\"attributes\":{%s}}"
                .formatted(type, type, stream(type), share(), attributes(type));
    }

    private String stream(String type) {
        return random.nextBoolean() && !type.startsWith("http_") ? "upstream" : "downstream";
    }

    private String proxy(String name) {
        return "{\"name\":\"%s\",\"listen\":\"127.0.0.1:0\",\"upstream\":\"%s\"}".formatted(name, upstream);
    }

    private String attributes(String type) {
        return switch (type) {
            case "latency" -> "\"latency\":%d,\"jitter\":%d".formatted(upTo(30), upTo(30));
            case "bandwidth" -> "\"rate\":" + (1 + upTo(10_000));
            case "slow_close" -> "\"delay\":" + upTo(100);
            case "timeout", "reset_peer" -> "\"timeout\":" + upTo(200);
            case "slicer" -> "\"average_size\":500,\"size_variation\":250,\"delay\":" + upTo(100);
            case "limit_data" -> "\"bytes\":" + upTo(50_000);
            case "noop" -> "";
            default -> "%s,\"header\":\"%s\",\"rate\":%s".formatted(ofHttp(type), HIT, share());
        };
    }

    private String ofHttp(String type) {
        return switch (type) {
            case "http_status" -> "\"body\":\"%s\",\"retry_after\":%d".formatted(BUSY, upTo(2));
            case "http_latency" -> "\"latency\":%d,\"jitter\":%d".formatted(upTo(30), upTo(30));
            case "http_headers" -> "\"count\":%d,\"size\":%d".formatted(1 + upTo(200), 50 + upTo(500));
            case "http_replace" -> "\"body\":\"%s\"".formatted(PAGE);
            case "http_corrupt" -> "\"share\":" + share();
            case "http_drip" -> "\"bytes\":%d,\"interval\":%d".formatted(1 + upTo(5_000), 1 + upTo(10));
            case "http_truncate" -> "\"bytes\":%d,\"reset\":%d".formatted(upTo(5_000), upTo(1));
            default -> throw new IllegalArgumentException(type);
        };
    }

    private int upTo(int max) {
        return random.nextInt(max + 1);
    }

    private double share() {
        return random.nextInt(5) / 4.0;
    }

    private String pick(List<String> values) {
        return values.get(random.nextInt(values.size()));
    }
}
