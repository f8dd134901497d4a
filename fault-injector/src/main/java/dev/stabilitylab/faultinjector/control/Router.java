package dev.stabilitylab.faultinjector.control;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Finds what answers a request, by method and path. */
final class Router {

    private final List<Route> routes = new ArrayList<>();

    /**
     * Adds a route to what answers at once.
     *
     * @param path in which {@code *} stands for any one segment, which the endpoint is given
     */
    Router on(HttpMethod method, String path, Endpoint<Response> endpoint) {
        return onLater(
                method, path, (segments, body) -> CompletableFuture.completedFuture(endpoint.answer(segments, body)));
    }

    /** The same to what may have to wait for something first. */
    Router onLater(HttpMethod method, String path, Endpoint<CompletableFuture<Response>> endpoint) {
        routes.add(new Route(method, segments(path), endpoint));
        return this;
    }

    CompletableFuture<Response> route(HttpMethod method, String path, byte[] body) {
        List<String> segments = segments(path).stream().map(Router::decode).toList();
        List<Route> matching =
                routes.stream().filter(route -> route.matches(segments)).toList();
        if (matching.isEmpty()) {
            throw new ApiException(HttpResponseStatus.NOT_FOUND, "there is nothing at " + path);
        }
        Optional<Route> found =
                matching.stream().filter(route -> route.method.equals(method)).findFirst();
        if (found.isEmpty()) {
            String allowed = matching.stream().map(route -> route.method.name()).collect(Collectors.joining(", "));
            Response response = Response.error(
                    HttpResponseStatus.METHOD_NOT_ALLOWED,
                    "%s is not possible at %s; possible: %s".formatted(method, path, allowed));
            return CompletableFuture.completedFuture(response.withHeader(HttpHeaderNames.ALLOW.toString(), allowed));
        }
        return found.get().endpoint.answer(found.get().parameters(segments), body);
    }

    private static List<String> segments(String path) {
        return List.of(path.substring(1).split("/", -1));
    }

    private static String decode(String segment) {
        // A plus is a plus in a path; the decoder is made for forms.
        return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Answers a request. */
    interface Endpoint<T> {
        T answer(List<String> parameters, byte[] body);
    }

    private record Route(HttpMethod method, List<String> pattern, Endpoint<CompletableFuture<Response>> endpoint) {

        boolean matches(List<String> segments) {
            if (segments.size() != pattern.size()) {
                return false;
            }
            for (int i = 0; i < pattern.size(); i++) {
                if (!pattern.get(i).equals("*") && !pattern.get(i).equals(segments.get(i))) {
                    return false;
                }
            }
            return true;
        }

        List<String> parameters(List<String> segments) {
            List<String> parameters = new ArrayList<>();
            for (int i = 0; i < pattern.size(); i++) {
                if (pattern.get(i).equals("*")) {
                    parameters.add(segments.get(i));
                }
            }
            return parameters;
        }
    }
}
