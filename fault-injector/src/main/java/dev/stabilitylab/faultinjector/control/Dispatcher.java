package dev.stabilitylab.faultinjector.control;

import dev.stabilitylab.faultinjector.control.Reply.AfterLookup;
import dev.stabilitylab.faultinjector.proxy.Proxies;
import dev.stabilitylab.faultinjector.proxy.RefusedException;
import dev.stabilitylab.faultinjector.proxy.Resolution;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the answer to a request, and makes an answer of whatever goes wrong. To be used where changes are made. */
final class Dispatcher {

    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

    private static final String SERVER = HttpHeaderNames.SERVER.toString();

    private final Router router;
    private final AllowedCallers callers;
    private final Proxies proxies;
    private final Executor changes;
    private final String version;

    /**
     * Answers by what the router finds.
     *
     * @param changes where changes are made
     * @param version of this program, for the header {@code Server}
     */
    Dispatcher(Router router, AllowedCallers callers, Proxies proxies, Executor changes, String version) {
        this.router = router;
        this.callers = callers;
        this.proxies = proxies;
        this.changes = changes;
        this.version = version;
    }

    /** The answer, which is there at once unless names are to be looked up first. Of the request only the head is needed. */
    CompletableFuture<Response> answer(HttpRequest request, byte[] body) {
        return follow(request, () -> find(request, body))
                .thenApply(answer -> answer.withHeader(SERVER, "stability-lab-fault-injector/" + version));
    }

    private CompletableFuture<Response> follow(HttpRequest request, Supplier<Reply> step) {
        Reply reply = guarded(request, step);
        if (reply instanceof AfterLookup later) {
            CompletableFuture<Map<String, Resolution>> lookup = proxies.lookUp(later.hosts());
            Executor where = lookup.isDone() ? Runnable::run : changes;
            return lookup.thenComposeAsync(
                    found -> follow(request, () -> later.change().apply(found)), where);
        }
        return CompletableFuture.completedFuture((Response) reply);
    }

    private Reply find(HttpRequest request, byte[] body) {
        if (request.decoderResult().isFailure()) {
            return Response.error(HttpResponseStatus.BAD_REQUEST, "that is not HTTP: " + cause(request));
        }
        Optional<String> refusal = callers.refusal(request.headers());
        if (refusal.isPresent()) {
            return Response.error(HttpResponseStatus.FORBIDDEN, refusal.get());
        }
        String path = path(request);
        if (!path.startsWith("/")) {
            return Response.error(
                    HttpResponseStatus.BAD_REQUEST, "path is \"%s\"; it must begin with /".formatted(path));
        }
        return router.route(request.method(), path, body);
    }

    private static Reply guarded(HttpRequest request, Supplier<Reply> work) {
        try {
            return work.get();
        } catch (ApiException e) {
            return e.answer();
        } catch (RefusedException e) {
            return ApiException.of(e).answer();
        } catch (IllegalArgumentException e) {
            return ApiException.of(e).answer();
        } catch (RuntimeException e) {
            log.error("{} {} failed", request.method(), path(request), e);
            return Response.error(HttpResponseStatus.INTERNAL_SERVER_ERROR, e.toString());
        }
    }

    private static String path(HttpRequest request) {
        return request.uri().split("[?#]", 2)[0];
    }

    private static String cause(HttpRequest request) {
        return String.valueOf(request.decoderResult().cause().getMessage());
    }
}
