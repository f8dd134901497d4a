package dev.stabilitylab.lab.world.control;

import dev.stabilitylab.lab.world.WorldException;
import dev.stabilitylab.lab.world.control.ControlHttp.Reply;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.retry.backoff.BackOffInterruptedException;
import org.springframework.retry.support.RetryTemplate;

/**
 * Control calls that are repeated when there is no answer. Every call that the lab makes may be: it names the state that is
 * wanted, so that doing it twice is doing it once.
 */
public final class ControlCalls {

    private final ControlHttp http;
    private final RetryTemplate retries;

    ControlCalls(ControlHttp http, RetryTemplate retries) {
        this.http = http;
        this.retries = retries;
    }

    /** Three attempts, with a pause that a short hiccup of a busy machine fits into. */
    public static ControlCalls patient() {
        return new ControlCalls(new ControlHttp(Duration.ofSeconds(5)), retries(3, Duration.ofMillis(200)));
    }

    /** Two attempts of a second: for the end, when others wait for this process to end. */
    public static ControlCalls brisk() {
        return new ControlCalls(new ControlHttp(Duration.ofSeconds(1)), retries(2, Duration.ofMillis(50)));
    }

    /** One short attempt: for the end, when nothing should be waited for. */
    public static ControlCalls hasty() {
        return new ControlCalls(new ControlHttp(Duration.ofMillis(500)), retries(1, Duration.ofMillis(1)));
    }

    static RetryTemplate retries(int maxAttempts, Duration pause) {
        return RetryTemplate.builder()
                .maxAttempts(maxAttempts)
                .fixedBackoff(pause.toMillis())
                .retryOn(NoAnswerException.class)
                .build();
    }

    /**
     * Sends a request until there is an answer that is not the server's own failure.
     *
     * @param culprit who is asked, for messages
     * @param body to be sent as JSON, or null for none
     * @throws WorldException when there is no such answer
     */
    public Reply send(String culprit, String method, URI uri, @Nullable Object body) {
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
