package dev.stabilitylab.lab.record;

import dev.stabilitylab.lab.http.SharedHttp;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what the fault injector says that it does, a JSON object a line, from its own stream of events, and passes on at once when
 * it says that a fault did nothing. A stream that cannot be had, or ends early, costs the log and never the run.
 */
public final class FaultLog implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** For what is on its way when the log is closed. */
    private static final long GRACE_MILLIS = 200;

    private static final String DATA = "data: ";

    private final InputStream stream;
    private final Thread thread;
    private final FaultDoubts doubts = new FaultDoubts();
    private volatile boolean closing;

    private FaultLog(InputStream stream, Path file, Consumer<String> progress) {
        this.stream = stream;
        this.thread = new Thread(() -> copyTo(file, progress), "fault-log");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Begins to write. Whatever the injector is asked to do from now on will be told.
     *
     * @param injector its control API
     * @param file is replaced when it is there
     * @param progress told when events cannot be had, or not any more, and when a fault did nothing
     * @return null when they cannot be had
     */
    public static @Nullable FaultLog start(URI injector, Path file, Consumer<String> progress)
            throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(injector.resolve("/events"))
                .timeout(PATIENCE)
                .build();
        try {
            Files.deleteIfExists(file);
            HttpResponse<InputStream> response = SharedHttp.client().send(request, BodyHandlers.ofInputStream());
            if (response.statusCode() == 200) {
                return new FaultLog(response.body(), file, progress);
            }
            response.body().close();
            progress.accept("No %s: %s answers with status %d."
                    .formatted(file.getFileName(), request.uri(), response.statusCode()));
        } catch (IOException e) {
            progress.accept("No %s: %s tells no events (%s).".formatted(file.getFileName(), request.uri(), e));
        }
        return null;
    }

    private void copyTo(Path file, Consumer<String> progress) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
                BufferedWriter out = Files.newBufferedWriter(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(DATA)) {
                    String data = line.substring(DATA.length());
                    out.write(data);
                    out.write('\n');
                    out.flush();
                    doubts.doubt(data).ifPresent(progress);
                }
            }
            tellLoss(file, progress, "the stream has ended");
        } catch (IOException e) {
            tellLoss(file, progress, e.toString());
        }
    }

    private void tellLoss(Path file, Consumer<String> progress, String reason) {
        if (!closing) {
            progress.accept("%s is not complete: %s.".formatted(file.getFileName(), reason));
        }
    }

    /** Waits a moment for what is on its way. */
    @Override
    public void close() {
        closing = true;
        try {
            thread.join(GRACE_MILLIS);
            stream.close();
            thread.join(PATIENCE.toMillis());
        } catch (IOException e) {
            thread.interrupt();
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
