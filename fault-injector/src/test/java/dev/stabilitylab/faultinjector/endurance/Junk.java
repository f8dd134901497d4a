package dev.stabilitylab.faultinjector.endurance;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Requests that make no sense, or not quite. */
final class Junk {

    private static final List<String> METHODS = List.of(
            "GET",
            "POST",
            "PATCH",
            "DELETE",
            "PUT",
            "HEAD",
            "OPTIONS",
            "TRACE",
            "CONNECT",
            "get",
            "G\u00e9T",
            "PRI",
            "X");

    private static final List<String> PATHS = List.of(
            "/proxies",
            "/proxies/one",
            "/proxies/one/toxics",
            "/proxies/one/toxics/slow",
            "/populate",
            "/reset",
            "/version",
            "/proxies/%00",
            "/proxies/%zz",
            "/proxies/%c3%28",
            "/proxies//toxics",
            "//",
            "*",
            "proxies",
            "http://x/proxies",
            "/../../etc/passwd",
            "/proxies?a=b#c",
            "/%2e%2e/proxies",
            "/proxies/one/toxics/slow/",
            "/" + "a/".repeat(500));

    private static final List<String> HEADERS = List.of(
            "User-Agent: x",
            "Expect: 100-continue",
            "Expect: nonsense",
            "Content-Type: text/html; charset=nonsense",
            "Transfer-Encoding: gzip",
            "Upgrade: h2c",
            "Connection: Upgrade",
            "Accept-Encoding: \u0001",
            ": none",
            "Host:",
            "X: " + "y".repeat(3000),
            "Content-Length: 0",
            "Content-Encoding: br");

    private static final List<String> BODIES = List.of(
            "{\"name\":\"two\",\"listen\":\"127.0.0.1:0\",\"upstream\":\"127.0.0.1:1\",\"enabled\":true}",
            "{\"name\":\"slow\",\"type\":\"latency\",\"stream\":\"upstream\",\"toxicity\":0.5,\"attributes\":{\"latency\":5,\"jitter\":1}}",
            "{\"type\":\"slicer\",\"attributes\":{\"average_size\":0,\"size_variation\":-1,\"delay\":1}}",
            "{\"type\":\"bandwidth\",\"attributes\":{\"rate\":9223372036854775807}}",
            "{\"type\":\"limit_data\",\"attributes\":{\"bytes\":-9223372036854775808}}",
            "{\"enabled\":false,\"ttl\":1}",
            "[{\"name\":\"two\",\"listen\":\"127.0.0.1:0\",\"upstream\":\"127.0.0.1:1\"}]");

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "-1",
            "0",
            "1e999",
            "-1e-999",
            "9".repeat(400),
            "0.1e-300",
            "1E+5",
            "\"\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "[]",
            "{}",
            "[".repeat(2000),
            "{\"a\":".repeat(2000),
            "\"" + "x".repeat(3000) + "\"",
            "NaN",
            "'a'",
            "/**/",
            "\ufeff");

    private final Random random;

    Junk(long seed) {
        random = new Random(seed);
    }

    /** All of one request's bytes, as they come. */
    byte[] next() {
        return switch (random.nextInt(8)) {
            case 0 -> noise();
            case 1 -> spoil(request(pick(BODIES).getBytes(StandardCharsets.UTF_8)));
            case 2 -> request(noise());
            default -> request(mutate(pick(BODIES)).getBytes(StandardCharsets.UTF_8));
        };
    }

    private byte[] request(byte[] body) {
        StringBuilder head = new StringBuilder();
        head.append(random.nextInt(3) == 0 ? pick(METHODS) : random.nextBoolean() ? "POST" : "PATCH");
        head.append(' ').append(random.nextInt(3) == 0 ? pick(PATHS) : pick(PATHS.subList(0, 5)));
        head.append(random.nextInt(20) == 0 ? " HTTP/9.9\r\n" : " HTTP/1.1\r\n");
        for (int i = random.nextInt(3); i > 0; i--) {
            head.append(pick(HEADERS)).append("\r\n");
        }
        head.append("Host: localhost\r\nConnection: close\r\nContent-Length: ")
                .append(body.length)
                .append("\r\n\r\n");
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        request.writeBytes(body);
        return request.toByteArray();
    }

    /** Puts something else in the place of a value, or cuts, doubles or swaps a piece; addresses stay as they are. */
    private String mutate(String json) {
        return switch (random.nextInt(5)) {
            case 0 -> json;
            case 1 -> json.substring(0, random.nextInt(json.length()));
            case 2 -> json + json.substring(random.nextInt(json.length()));
            case 3 ->
                json.replaceFirst(
                        "(true|false|0\\.5|\"(two|slow|latency|upstream)\"|\\{\"latency.*?})(?=[,}])", quoted());
            default -> json.replaceFirst(":(-?[0-9]+|true|\"(two|slow|latency|upstream)\")", ":" + quoted());
        };
    }

    private String quoted() {
        return pick(VALUES).replace("\\", "\\\\").replace("$", "\\$");
    }

    private byte[] spoil(byte[] bytes) {
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }

    private byte[] noise() {
        byte[] bytes = new byte[1 + random.nextInt(600)];
        random.nextBytes(bytes);
        return bytes;
    }

    private String pick(List<String> values) {
        return values.get(random.nextInt(values.size()));
    }
}
