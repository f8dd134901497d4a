package dev.stabilitylab.apiclient.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What calls share without a lock, in every order that the processor and both compilers make of it: the {@code *Stress} classes, by jcstress. */
@Timeout(300)
class LockFreeIT {

    @TempDir
    private Path directory;

    @Test
    void endsAsItWouldOneAfterTheOther() throws Exception {
        File log = directory.resolve("log").toFile();
        Process jcstress = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "org.openjdk.jcstress.Main",
                        "-m",
                        "quick",
                        "-sc",
                        "false",
                        "-jvmArgs",
                        "-Xmx256m",
                        "-t",
                        "dev.stabilitylab",
                        "-r",
                        directory.toString())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        try {
            assertThat(jcstress.waitFor(280, TimeUnit.SECONDS)).isTrue();
        } finally {
            jcstress.destroyForcibly();
        }

        String output = Files.readString(log.toPath());
        assertThat(jcstress.exitValue()).as(output).isZero();
        assertThat(output)
                .containsPattern(
                        "\\(Results: [1-9]\\d* planned; [1-9]\\d* passed, 0 failed, 0 soft errs, 0 hard errs\\)");
    }
}
