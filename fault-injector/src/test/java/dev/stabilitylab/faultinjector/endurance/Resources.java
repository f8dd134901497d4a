package dev.stabilitylab.faultinjector.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.faultinjector.BareInjector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * What a program can leak.
 *
 * @param descriptors of this process, or 0 where the system does not tell
 * @param threads of fault injectors
 */
record Resources(long descriptors, long threads) {

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    static Resources now() {
        return new Resources(countDescriptors(), countThreads());
    }

    /** Waits until there are no more than at the beginning, and no connection. */
    void awaitReturn(BareInjector injector) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(injector.openConnections()).isZero());
        awaitReturn();
    }

    /** Waits until there are no more than at the beginning. */
    void awaitReturn() {
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            Resources now = now();
            assertThat(now.descriptors).as("descriptors").isLessThanOrEqualTo(descriptors);
            assertThat(now.threads).as("threads").isLessThanOrEqualTo(threads);
        });
    }

    private static long countDescriptors() {
        if (!Files.isDirectory(DESCRIPTORS)) {
            return 0;
        }
        try (Stream<Path> all = Files.list(DESCRIPTORS)) {
            return all.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long countThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.matches("(acceptor|worker|changes|lookup)-.*"))
                .count();
    }
}
