package dev.stabilitylab.faultinjector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stabilitylab.faultinjector.control.AllowedCallers;
import dev.stabilitylab.faultinjector.proxy.Address;
import dev.stabilitylab.faultinjector.proxy.AllowedAddresses;
import dev.stabilitylab.faultinjector.proxy.Lookup;
import dev.stabilitylab.faultinjector.proxy.ProxySettings;
import dev.stabilitylab.faultinjector.proxy.WantedProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;

/** A fault injector with one proxy, {@code auth}, and a client for its control API. */
final class Lab implements AutoCloseable {

    static final int PATIENCE_MILLIS = 10_000;
    /** How long nothing has to come for it to count as never. */
    static final int SILENCE_MILLIS = 300;

    /** One for all tests: Java 17's client cannot be closed. */
    static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final ObjectMapper JSON = new ObjectMapper();

    private final FaultInjector injector;
    private final int port;

    Lab(int upstreamPort) throws IOException {
        this(new Address("127.0.0.1", upstreamPort), Lookup.system());
    }

    Lab(Address upstream, Lookup lookup) throws IOException {
        ProxySettings auth = new ProxySettings("auth", new Address("127.0.0.1", 0), upstream, true);
        injector = new FaultInjector(
                new Address("127.0.0.1", 0),
                new AllowedCallers(List.of("injector.test")),
                List.of(WantedProxy.lasting(auth)),
                AllowedAddresses.loopback().andUpstreams(List.of(upstream, new Address("slow.test", upstream.port()))),
                Optional.empty(),
                lookup,
                42,
                "1.2.3");
        port = portOf("auth");
    }

    int controlPort() {
        return injector.controlPort();
    }

    /** Connections through all proxies at this moment. */
    int openConnections() {
        return injector.openConnections();
    }

    int port() {
        return port;
    }

    int portOf(String proxy) {
        String listen = get("/proxies/" + proxy).json().get("listen").asText();
        return Integer.parseInt(listen.substring(listen.lastIndexOf(':') + 1));
    }

    Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    void enable(boolean enabled) {
        require(200, send("PATCH", "/proxies/auth", "{\"enabled\":%s}".formatted(enabled)));
    }

    void addToxic(String json) {
        require(200, send("POST", "/proxies/auth/toxics", json));
    }

    void removeToxic(String name) {
        require(204, send("DELETE", "/proxies/auth/toxics/" + name, ""));
    }

    void reset() {
        require(204, send("POST", "/reset", ""));
    }

    private static void require(int status, Reply reply) {
        if (reply.status != status) {
            throw new AssertionError(reply);
        }
    }

    Reply get(String path) {
        return send("GET", path, "");
    }

    String contentTypeOf(String path) {
        URI uri = URI.create("http://127.0.0.1:%d%s".formatted(injector.controlPort(), path));
        try {
            HttpResponse<String> response =
                    HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
            return response.headers().firstValue("content-type").orElse("");
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    Reply send(String method, String path, String body) {
        return send(method, path, body, "tests");
    }

    Reply send(String method, String path, String body, String userAgent) {
        URI uri = URI.create("http://127.0.0.1:%d%s".formatted(injector.controlPort(), path));
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("User-Agent", userAgent)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        injector.close();
    }

    record Reply(int status, String text) {

        JsonNode json() {
            try {
                return JSON.readTree(text);
            } catch (IOException e) {
                throw new AssertionError(text, e);
            }
        }
    }
}
