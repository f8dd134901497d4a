package dev.stabilitylab.lab.world.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stabilitylab.lab.script.Fault;
import dev.stabilitylab.lab.script.PolicySpec;
import dev.stabilitylab.lab.script.PolicyTarget;
import dev.stabilitylab.lab.script.TimelineEvent.Inject;
import dev.stabilitylab.lab.world.Service;
import dev.stabilitylab.lab.world.World;
import dev.stabilitylab.lab.world.WorldException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LocalWorldIT {

    private static final Duration AT_MOST = Duration.ofMinutes(1);

    /** For a start that blocks while the test goes on. */
    private final ExecutorService starter = Executors.newSingleThreadExecutor();

    @TempDir
    private Path directory;

    @AfterEach
    void end() {
        starter.shutdownNow();
    }

    @Test
    void startsEveryPartAndStopsAllOfThem() {
        LocalWorldOptions options = StandIns.options(directory, 2);
        List<ProcessHandle> started;

        try (LocalWorld world = StandIns.world(options)) {
            world.start();
            started = children();

            assertThat(world.parts())
                    .extracting(Part::name)
                    .containsExactly(
                            "auth", "homepage-1", "recommendations", "popularity", "homepage-2", "fault-injector");
            assertThat(world.homepages()).extracting(World.Instance::name).containsExactly("homepage-1", "homepage-2");
            assertThat(world.readyAfter()).isPositive();
            assertThat(started).hasSize(6);
        }

        assertThat(started).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void mayBeClosedTwice() {
        LocalWorld world = StandIns.world(StandIns.options(directory, 1));
        world.start();

        world.close();
        world.close();

        assertThat(world.isClosed()).isTrue();
        assertThat(children()).isEmpty();
    }

    @Test
    void showsTheLogOfAPartThatDiesWhileStarting() {
        LocalWorld world = StandIns.world(StandIns.options(directory, 1), "popularity-service", "die");

        assertThatThrownBy(world::start)
                .isInstanceOf(WorldException.class)
                .hasMessageContaining("popularity ended with exit status 3")
                .hasMessageContaining("no memory for page 23");
        assertThat(children()).isEmpty();
    }

    @Test
    void showsTheLogOfAPartThatDiesLater() {
        try (LocalWorld world = StandIns.world(StandIns.options(directory, 1))) {
            world.start();
            world.checkAlive();

            children().get(0).destroyForcibly();

            assertThatThrownBy(world::awaitDeath)
                    .isInstanceOf(WorldException.class)
                    .hasMessageContaining("ended with exit status 137")
                    .hasMessageContaining("arguments");
            assertThatThrownBy(world::checkAlive).hasMessageContaining("ended with exit status 137");
        }
    }

    @Test
    void namesEveryPortThatIsTakenAndAWayOut() throws IOException {
        LocalWorldOptions options = StandIns.options(directory, 1);
        int popularity = options.ports().of(Service.POPULARITY);
        int injected = options.ports().injected(Service.AUTH);

        try (ServerSocket one = new ServerSocket(popularity, 1, InetAddress.getLoopbackAddress());
                ServerSocket two = new ServerSocket(injected, 1, InetAddress.getLoopbackAddress());
                LocalWorld world = StandIns.world(options)) {
            assertThatThrownBy(world::start)
                    .hasMessageContaining(one.getLocalPort() + ", for popularity")
                    .hasMessageContaining(two.getLocalPort() + ", for the fault injector in front of auth")
                    .hasMessageContaining("--port-offset " + (options.portOffset() + 100));
        }

        assertThat(children()).isEmpty();
    }

    @Test
    void leavesNothingBehindWhenClosedDuringTheStart() throws Exception {
        LocalWorld world = StandIns.world(StandIns.options(directory, 1), "auth-service", "hang");
        CompletableFuture<Void> start = CompletableFuture.runAsync(world::start, starter);
        while (children().isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(5);
        }

        world.close();

        assertThat(children()).isEmpty();
        assertThat(start).failsWithin(Duration.ofSeconds(10));
        assertThat(children()).isEmpty();
    }

    @Test
    void givesEveryHomepageThePoliciesAndTheOthersBackWhatTheyHad() throws IOException {
        LocalWorldOptions options = StandIns.options(directory, 2);

        try (LocalWorld world = StandIns.world(options)) {
            world.start();
            world.apply(Map.of(PolicyTarget.ofHomepage("auth"), new PolicySpec(Map.of("deadline", "1s"))), AT_MOST);

            for (String homepage : List.of("homepage-1", "homepage-2")) {
                assertThat(log(options, homepage))
                        .contains("PUT /actuator/upstreams/auth/policy {\"deadline\":\"1s\"}")
                        .contains("PUT /actuator/upstreams/popularity/policy {\"deadline\":\"3s\"}");
            }
        }

        assertThat(log(options, "homepage-1")).contains("DELETE /actuator/upstreams/auth/policy");
        assertThat(log(options, "fault-injector")).contains("POST /reset");
    }

    @Test
    void passesOnWhyAPolicyIsRefused() {
        try (LocalWorld world = StandIns.world(StandIns.options(directory, 1))) {
            world.start();

            assertThatThrownBy(() -> world.apply(
                            Map.of(PolicyTarget.ofHomepage("auth"), new PolicySpec(Map.of("deadline", "soon"))),
                            AT_MOST))
                    .isInstanceOf(WorldException.class)
                    .hasMessageContaining("homepage-1, policy for auth")
                    .hasMessageContaining("deadline is soon; it must be a duration");
            assertThatThrownBy(() ->
                            world.apply(Map.of(PolicyTarget.ofHomepage("autth"), new PolicySpec(Map.of())), AT_MOST))
                    .hasMessageContaining("autth")
                    .hasMessageContaining("auth, popularity, recommendations");
            assertThatThrownBy(() -> world.begin(
                            List.of(new Inject(AT_MOST, "homepage", new Fault.Down(1))), () -> Duration.ZERO))
                    .hasMessageContaining("There is no upstream homepage");
        }
    }

    private static String log(LocalWorldOptions options, String part) throws IOException {
        return Files.readString(options.logs().resolve(part + ".log"));
    }

    private static List<ProcessHandle> children() {
        try (Stream<ProcessHandle> children = ProcessHandle.current().children()) {
            return children.filter(ProcessHandle::isAlive).toList();
        }
    }
}
