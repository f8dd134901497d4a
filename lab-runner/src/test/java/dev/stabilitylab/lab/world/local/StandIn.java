package dev.stabilitylab.lab.world.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A small program in place of a service or of the fault injector: it is ready at once, keeps policies without understanding
 * them, notes every other request in its log, and ends with its standard input.
 */
final class StandIn {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNode LASTING = JSON.createObjectNode().put("deadline", "3s");

    private final Map<String, JsonNode> policies = new ConcurrentHashMap<>();

    private StandIn() {
        for (String upstream : List.of("auth", "recommendations", "popularity")) {
            policies.put(upstream, LASTING);
        }
    }

    /** Takes the arguments of a service, or of the fault injector; "die" and "hang" in front of them make it misbehave. */
    public static void main(String[] args) throws IOException {
        List<String> arguments = List.of(args);
        System.out.println("arguments " + arguments);
        if (arguments.get(0).equals("die")) {
            System.out.println("no memory for page 23");
            System.exit(3);
        }
        if (!arguments.get(0).equals("hang")) {
            StandIn standIn = new StandIn();
            for (int port : ports(arguments)) {
                standIn.serve(port);
            }
        }
        while (System.in.read() >= 0) {
            // Nobody writes: only the end matters.
        }
        System.exit(0);
    }

    private void serve(int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    private static List<Integer> ports(List<String> arguments) {
        if (arguments.contains("--port")) {
            return List.of(Integer.valueOf(arguments.get(arguments.indexOf("--port") + 1)));
        }
        return arguments.stream()
                .filter(argument -> argument.matches("--(management\\.)?server\\.port=.*"))
                .map(argument -> Integer.valueOf(argument.substring(argument.indexOf('=') + 1)))
                .toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        System.out.println(exchange.getRequestMethod() + " " + path + " " + body);
        String endpoint = "/actuator/upstreams/";
        if (path.startsWith(endpoint) && path.endsWith("/policy")) {
            String upstream = path.substring(endpoint.length(), path.length() - "/policy".length());
            changePolicy(exchange, upstream, JSON.readTree(body));
        } else if (path.equals("/actuator/upstreams")) {
            Map<String, Object> upstreams = new ConcurrentHashMap<>();
            policies.forEach((name, policy) -> upstreams.put(name, Map.of("policy", policy)));
            reply(exchange, 200, JSON.writeValueAsString(Map.of("upstreams", upstreams)));
        } else {
            reply(exchange, 200, path.endsWith("/toxics") ? "[]" : "{}");
        }
    }

    private void changePolicy(HttpExchange exchange, String upstream, JsonNode policy) throws IOException {
        if (policy.isMissingNode()) {
            // A DELETE, after which the lasting policy is there again.
            policies.put(upstream, LASTING);
            reply(exchange, 200, "{}");
        } else if (policy.path("deadline").asText().equals("soon")) {
            reply(
                    exchange,
                    400,
                    "{\"title\": \"Bad policy\", \"detail\": \"deadline is soon; it must be a duration\"}");
        } else {
            policies.put(upstream, policy);
            reply(exchange, 200, "{}");
        }
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
