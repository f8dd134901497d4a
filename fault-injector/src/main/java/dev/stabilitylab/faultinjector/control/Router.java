package dev.stabilitylab.faultinjector.control;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds what answers a request, by method and path, and makes an answer of whatever goes wrong. To be used where changes are made. */
final class Router {

    private static final Logger log = LoggerFactory.getLogger(Router.class);

    private final AllowedCallers callers;
    private final List<Route> routes = new ArrayList<>();

    Router(AllowedCallers callers) {
        this.callers = callers;
    }

    /**
     * Adds a route to what answers at once.
     *
     * @param path in which {@code *} stands for any one segment
     */
    Router on(HttpMethod method, String path, Endpoint<HttpResponse> endpoint) {
        return onLater(
                method, path, (segments, body) -> CompletableFuture.completedFuture(endpoint.answer(segments, body)));
    }

    /** The same to what may have to wait for something first. */
    Router onLater(HttpMethod method, String path, Endpoint<CompletableFuture<HttpResponse>> endpoint) {
        routes.add(new Route(method, segments(path).toList(), endpoint));
        return this;
    }

    /** The answer, which is there at once unless names are to be looked up first. Of the request only the head is needed. */
    CompletableFuture<HttpResponse> respond(HttpRequest request, byte[] body) {
        String path = request.uri().split("[?#]", 2)[0];
        CompletableFuture<HttpResponse> answer;
        try {
            requireAcceptable(request, path);
            answer = route(request.method(), path, body);
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedFuture(e);
        }
        return answer.exceptionally(failure -> explain(request.method(), path, failure));
    }

    private void requireAcceptable(HttpRequest request, String path) {
        if (request.decoderResult().isFailure()) {
            throw new ApiException(
                    "that is not HTTP: " + request.decoderResult().cause().getMessage());
        }
        callers.refusal(request.headers()).ifPresent(refusal -> {
            throw new ApiException(HttpResponseStatus.FORBIDDEN, refusal);
        });
        if (!path.startsWith("/")) {
            throw new ApiException("path is \"%s\"; it must begin with /".formatted(path));
        }
    }

    private CompletableFuture<HttpResponse> route(HttpMethod method, String path, byte[] body) {
        List<String> segments = segments(path).map(Router::decode).toList();
        List<Route> matching =
                routes.stream().filter(route -> route.matches(segments)).toList();
        if (matching.isEmpty()) {
            throw new ApiException(HttpResponseStatus.NOT_FOUND, "there is nothing at " + path);
        }
        for (Route route : matching) {
            if (route.method.equals(method)) {
                return route.endpoint.answer(segments, body);
            }
        }
        String allowed = matching.stream().map(route -> route.method.name()).collect(Collectors.joining(", "));
        HttpResponse response = Responses.error(
                HttpResponseStatus.METHOD_NOT_ALLOWED,
                "%s is not possible at %s; possible: %s".formatted(method, path, allowed));
        response.headers().set(HttpHeaderNames.ALLOW, allowed);
        return CompletableFuture.completedFuture(response);
    }

    private static HttpResponse explain(HttpMethod method, String path, Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        return ApiException.of(cause).map(ApiException::response).orElseGet(() -> {
            log.error("{} {} failed", method, path, cause);
            return Responses.error(HttpResponseStatus.INTERNAL_SERVER_ERROR, String.valueOf(cause));
        });
    }

    private static Stream<String> segments(String path) {
        return Stream.of(path.substring(1).split("/", -1));
    }

    private static String decode(String segment) {
        // A plus is a plus in a path; the decoder is made for forms.
        return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Answers a request, of which it is given the segments of the path: {@code proxies}, {@code auth}. */
    interface Endpoint<T> {
        T answer(List<String> path, byte[] body);
    }

    private record Route(HttpMethod method, List<String> pattern, Endpoint<CompletableFuture<HttpResponse>> endpoint) {
        boolean matches(List<String> segments) {
            return segments.size() == pattern.size()
                    && IntStream.range(0, pattern.size())
                            .allMatch(i ->
                                    pattern.get(i).equals("*") || pattern.get(i).equals(segments.get(i)));
        }
    }
}
