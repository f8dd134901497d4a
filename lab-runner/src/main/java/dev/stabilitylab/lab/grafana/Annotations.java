package dev.stabilitylab.lab.grafana;

import dev.stabilitylab.lab.record.RunListener;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Posts faults, heals, changes of the load and of breakers, and the starts of variants to Grafana, from a thread of its own. A
 * Grafana that is slow or gone costs annotations, never a run: after three failures in a row it is not asked any more.
 */
public final class Annotations implements RunListener, AutoCloseable {

    private static final int MAX_WAITING = 1000;
    private static final int MAX_FAILURES = 3;
    private static final long MILLIS_AT_THE_END = 3000;

    private final GrafanaApi grafana;
    private final Consumer<String> progress;
    private final ThreadPoolExecutor thread;
    /** Only the one thread touches it. */
    private int failures;

    private Annotations(GrafanaApi grafana, Consumer<String> progress) {
        this.grafana = grafana;
        this.progress = progress;
        this.thread = new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING), Annotations::daemon);
    }

    /**
     * Asks whether Grafana is there.
     *
     * @param token of a service account that may write annotations; null where everybody may
     * @param progress told when it is not, or stops taking annotations
     * @return null when it is not
     */
    public static @Nullable Annotations at(URI baseUrl, @Nullable String token, Consumer<String> progress)
            throws InterruptedException {
        GrafanaApi grafana = new GrafanaApi(baseUrl, token);
        try {
            grafana.requireHealth();
            return new Annotations(grafana, progress);
        } catch (IOException e) {
            progress.accept("No annotations: there is no Grafana at %s (%s).".formatted(baseUrl, e));
            return null;
        }
    }

    @Override
    public void variantStarted(Instant at, String variant) {
        post(at, "variant", "Variant " + variant);
    }

    @Override
    public void upstreamChanged(Instant at, String upstream, boolean fault, String text) {
        post(at, fault ? "fault" : "heal", text);
    }

    @Override
    public void loadChanged(Instant at, String text) {
        post(at, "load", text);
    }

    @Override
    public void breakerChanged(Instant at, String instance, String upstream, String from, String to) {
        post(at, "breaker", "%s: breaker for %s from %s to %s".formatted(instance, upstream, words(from), words(to)));
    }

    private static String words(String state) {
        return state.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private void post(Instant at, String kind, String text) {
        try {
            thread.execute(() -> send(Annotation.of(at.toEpochMilli(), kind, text)));
        } catch (RejectedExecutionException e) {
            // Too many wait already, or the run is over.
        }
    }

    private void send(Annotation annotation) {
        if (failures == MAX_FAILURES) {
            return;
        }
        try {
            grafana.post(annotation);
            failures = 0;
        } catch (IOException e) {
            if (++failures == MAX_FAILURES) {
                progress.accept("No more annotations: Grafana does not take them (%s).".formatted(e));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits a moment for those that are not sent yet. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(MILLIS_AT_THE_END, TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "annotations");
        thread.setDaemon(true);
        return thread;
    }
}
