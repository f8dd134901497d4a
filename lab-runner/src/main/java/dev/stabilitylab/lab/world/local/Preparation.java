package dev.stabilitylab.lab.world.local;

import dev.stabilitylab.lab.world.WorldException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.springframework.util.FileSystemUtils;

/** Extracts jars and makes start-up archives, two at a time. Whoever calls it holds the directory's lock. */
final class Preparation {

    private static final int AT_A_TIME = 2;
    /** Shells and the JVM report an end by signal N as 128 + N. */
    private static final int LAST_STATUS_OF_ITS_OWN = 128;

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Processes processes;
    private final Consumer<String> progress;

    Preparation(Processes processes, Consumer<String> progress) {
        this.processes = processes;
        this.progress = progress;
    }

    /** Leaves out what is there already. */
    void prepare(Map<String, ExtractedJar> jars) {
        List<ExtractedJar> todo =
                jars.values().stream().filter(jar -> !jar.isPrepared()).toList();
        if (todo.isEmpty()) {
            return;
        }
        progress.accept("Preparing start-up archives, once for each build (about half a minute)…");
        ExecutorService pool = Executors.newFixedThreadPool(AT_A_TIME);
        try {
            List<Future<?>> futures = new ArrayList<>();
            todo.forEach(jar -> futures.add(pool.submit(() -> prepare(jar))));
            awaitAll(futures);
        } finally {
            pool.shutdownNow();
        }
    }

    private static void awaitAll(Collection<Future<?>> futures) {
        try {
            for (Future<?> future : futures) {
                future.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WorldException("Preparing the services' jars was interrupted.", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof WorldException known
                    ? known
                    : new WorldException("Preparing the services' jars failed: " + e.getCause(), e);
        }
    }

    private void prepare(ExtractedJar jar) {
        try {
            if (!jar.isExtracted()) {
                extract(jar);
            }
            if (jar.isExtracted()) {
                archive(jar);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void extract(ExtractedJar jar) throws IOException {
        Path temporary = temporary(jar.directory());
        Path log = temporary(jar.extractingLog());
        FileSystemUtils.deleteRecursively(temporary);
        int status = run("extracting " + jar.name(), jar.extraction(temporary), log);
        if (status == 0) {
            FileSystemUtils.deleteRecursively(jar.directory());
            Files.move(temporary, jar.directory(), StandardCopyOption.ATOMIC_MOVE);
            Files.delete(log);
        } else {
            doWithout("extracted", jar, log, jar.extractingLog());
        }
    }

    private void archive(ExtractedJar jar) throws IOException {
        Path target = jar.archive().file();
        Path temporary = temporary(target);
        Path log = temporary(jar.archivingLog());
        Files.deleteIfExists(temporary);
        String helper = "making the start-up archive of " + jar.name();
        boolean made = jar.archive().make(jar.rehearsal(), temporary).stream()
                .allMatch(command -> run(helper, command, log) == 0);
        Files.deleteIfExists(Path.of(temporary + ".recording"));
        if (made && Files.isRegularFile(temporary)) {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            Files.delete(log);
        } else {
            doWithout("given a start-up archive", jar, log, jar.archivingLog());
        }
    }

    /** A helper that a signal ended, as Ctrl-C in a terminal does before our own turn comes, says nothing about the next time. */
    private int run(String name, List<String> command, Path log) {
        int status = processes.run(name, command, log, LIMIT);
        if (status > LAST_STATUS_OF_ITS_OWN) {
            throw new WorldException("%s was ended by signal %d.".formatted(name, status - LAST_STATUS_OF_ITS_OWN));
        }
        return status;
    }

    /** A slower start is no reason not to start. A helper that ended because the lab ends says nothing about the next time. */
    private void doWithout(String wanted, ExtractedJar jar, Path log, Path kept) throws IOException {
        if (!processes.isClosed()) {
            Files.move(log, kept, StandardCopyOption.REPLACE_EXISTING);
            progress.accept(
                    "Note: %s starts slower, since it cannot be %s. The reason is in %s; remove that file to try again."
                            .formatted(jar.name(), wanted, kept));
        }
    }

    /** The name under which something is made before it gets its own. The lock sees to it that no other lab uses the same. */
    private static Path temporary(Path path) {
        return path.resolveSibling(path.getFileName() + ".tmp");
    }
}
