package dev.stabilitylab.lab.world.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OrphansIT {

    @TempDir
    private Path directory;

    @Test
    void endWithTheirPipeWhenTheLabIsKilled() throws Exception {
        Process lab = new ProcessBuilder(StandIns.java(Lab.class, directory.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<ProcessHandle> parts = partsOf(lab);

        lab.destroyForcibly().waitFor();

        for (ProcessHandle part : parts) {
            part.onExit().get(20, TimeUnit.SECONDS);
        }
        assertThat(parts).hasSize(5).noneMatch(ProcessHandle::isAlive);
    }

    private static List<ProcessHandle> partsOf(Process lab) throws IOException {
        try (BufferedReader out = lab.inputReader()) {
            assertThat(out.readLine()).isEqualTo("ready");
            return lab.children().toList();
        }
    }

    /** A lab that starts a world and stays. */
    static final class Lab {

        private Lab() {}

        public static void main(String[] args) throws InterruptedException {
            LocalWorld world = StandIns.world(StandIns.options(Path.of(args[0]), 1));
            world.start();
            System.out.println("ready");
            world.awaitDeath();
        }
    }
}
