package dev.stabilitylab.lab.world;

import dev.stabilitylab.lab.world.ControlHttp.Reply;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.retry.backoff.BackOffInterruptedException;
import org.springframework.retry.support.RetryTemplate;

/**
 * Control calls that are repeated when there is no answer. Every call that the lab makes may be: it names the state that is
 * wanted, so that doing it twice is doing it once.
 */
final class ControlCalls {

    private final ControlHttp http;
    private final RetryTemplate retries;

    ControlCalls(ControlHttp http, RetryTemplate retries) {
        this.http = http;
        this.retries = retries;
    }

    /** Three attempts, with a pause that a short hiccup of a busy machine fits into. */
    static ControlCalls patient() {
        return new ControlCalls(new ControlHttp(Duration.ofSeconds(5)), retries(3, Duration.ofMillis(200)));
    }

    /** One short attempt: for the end, when nothing should be waited for. */
    static ControlCalls hasty() {
        return new ControlCalls(new ControlHttp(Duration.ofMillis(500)), retries(1, Duration.ofMillis(1)));
    }

    static RetryTemplate retries(int maxAttempts, Duration pause) {
        return RetryTemplate.builder()
                .maxAttempts(maxAttempts)
                .fixedBackoff(pause.toMillis())
                .retryOn(NoAnswerException.class)
                .build();
    }

    Reply send(String culprit, String method, URI uri, @Nullable Object body) {
        try {
            return retries.execute(attempt -> http.send(method, uri, body));
        } catch (NoAnswerException e) {
            throw new WorldException("%s does not answer: %s".formatted(culprit, e.getMessage()), e);
        } catch (BackOffInterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WorldException("%s %s was interrupted.".formatted(method, uri), e);
        }
    }
}
