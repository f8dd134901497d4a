package dev.stabilitylab.faultinjector.control;

import dev.stabilitylab.faultinjector.proxy.RefusedException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the answer to a request, and makes an answer of whatever goes wrong. To be used where changes are made. */
final class Dispatcher {

    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

    private static final String SERVER = HttpHeaderNames.SERVER.toString();

    private final Router router;
    private final AllowedCallers callers;
    private final String version;

    /**
     * Answers by what the router finds.
     *
     * @param version of this program, for the header {@code Server}
     */
    Dispatcher(Router router, AllowedCallers callers, String version) {
        this.router = router;
        this.callers = callers;
        this.version = version;
    }

    /** The answer, which is there at once unless names are to be looked up first. Of the request only the head is needed. */
    CompletableFuture<Response> respond(HttpRequest request, byte[] body) {
        return route(request, body)
                .exceptionally(failure -> explain(request, failure))
                .thenApply(response -> response.withHeader(SERVER, "stability-lab-fault-injector/" + version));
    }

    private CompletableFuture<Response> route(HttpRequest request, byte[] body) {
        try {
            requireAcceptable(request);
            return router.route(request.method(), path(request), body);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void requireAcceptable(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            throw new ApiException(HttpResponseStatus.BAD_REQUEST, "that is not HTTP: " + cause(request));
        }
        callers.refusal(request.headers()).ifPresent(refusal -> {
            throw new ApiException(HttpResponseStatus.FORBIDDEN, refusal);
        });
        String path = path(request);
        if (!path.startsWith("/")) {
            throw new ApiException(
                    HttpResponseStatus.BAD_REQUEST, "path is \"%s\"; it must begin with /".formatted(path));
        }
    }

    private static Response explain(HttpRequest request, Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        if (cause instanceof ApiException
                || cause instanceof RefusedException
                || cause instanceof IllegalArgumentException) {
            return ApiException.of((RuntimeException) cause).response();
        }
        log.error("{} {} failed", request.method(), path(request), cause);
        return Response.error(HttpResponseStatus.INTERNAL_SERVER_ERROR, String.valueOf(cause));
    }

    private static String path(HttpRequest request) {
        return request.uri().split("[?#]", 2)[0];
    }

    private static String cause(HttpRequest request) {
        return String.valueOf(request.decoderResult().cause().getMessage());
    }
}
