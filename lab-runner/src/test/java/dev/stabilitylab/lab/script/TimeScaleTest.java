package dev.stabilitylab.lab.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.stabilitylab.lab.script.LoadSpec.Group;
import dev.stabilitylab.lab.script.Simulation.Phase;
import dev.stabilitylab.lab.script.TimelineEvent.Heal;
import dev.stabilitylab.lab.script.TimelineEvent.Inject;
import dev.stabilitylab.lab.script.TimelineEvent.Rate;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeScaleTest {

    @TempDir
    private Path folder;

    private Simulation simulation;

    @BeforeEach
    void readScript() {
        simulation = ScriptFixture.read(folder, ScriptFixture.GOOD);
    }

    @Test
    void multipliesTheTimesOfTheRecordingOnly() {
        Simulation scaled = simulation.scaled(0.5);

        assertThat(scaled.warmUp()).isEqualTo(Duration.ofSeconds(3));
        assertThat(scaled.duration()).isEqualTo(Duration.ofSeconds(18));
        assertThat(scaled.timeline())
                .containsExactly(
                        new Inject(Duration.ofSeconds(4), "recommendations", new Fault.Down(1)),
                        new Heal(Duration.ofSeconds(10), "recommendations"));
        assertThat(scaled.phases())
                .containsExactly(
                        new Phase("before", Duration.ZERO, Duration.ofSeconds(4)),
                        new Phase("end of outage", Duration.ofSeconds(5), Duration.ofSeconds(10)));
        assertThat(scaled.system()).isEqualTo(simulation.system());
        assertThat(scaled.load()).isEqualTo(simulation.load());
        assertThat(scaled.variants()).isEqualTo(simulation.variants());
    }

    @Test
    void multipliesTheMomentsInWhichUsersAndRatesChange() {
        Simulation crowd = ScriptFixture.read(folder, """
                title: A crowd
                load: {open: {rate: 10}, groups: {known: {share: 50%}, others: {share: 50%, from: 10s}}}
                duration: 1m
                timeline:
                  - {at: 8s, rate: 40/s}
                variants:
                  own:
                    load: {open: {rate: 5}, groups: {known: {share: 50%}, others: {share: 50%, from: 20s}}}
                """);

        Simulation scaled = crowd.scaled(0.5);

        assertThat(scaled.timeline()).containsExactly(new Rate(Duration.ofSeconds(4), 40));
        assertThat(scaled.load().groups()).extracting(Group::from).containsExactly(null, Duration.ofSeconds(5));
        assertThat(scaled.loadOf(scaled.variants().get(0)).groups())
                .extracting(Group::from)
                .containsExactly(null, Duration.ofSeconds(10));
        assertThat(scaled.watched()).isEqualTo(crowd.watched());
    }

    @Test
    void changesNothingByOne() {
        assertThat(simulation.scaled(1)).isEqualTo(simulation);
    }

    @ParameterizedTest
    @CsvSource({"6s, 0.1, 2000", "6s, 2, 12000", "1s, 0.1, 1000", "1s, 1, 1000", "0s, 0.5, 0"})
    void keepsAWarmUpOfTwoSeconds(String warmUp, double scale, long millis) {
        Simulation other = ScriptFixture.read(folder, ScriptFixture.with("warm-up: 6s", "warm-up: " + warmUp));

        assertThat(other.scaled(scale).warmUp()).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.049, 10.1, 0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesScalesOutOfLimits(double scale) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> simulation.scaled(scale))
                .withMessage("the time scale is %s; it must be from 0.05 to 10", scale);
    }

    @Test
    void refusesToMakeARecordingLongerThanAnHour() {
        Simulation other = ScriptFixture.read(folder, ScriptFixture.with("duration: 36s", "duration: 40m"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> other.scaled(2))
                .withMessage("with the time scale 2.0 the recording takes 80m; it must not take longer than 1h");
    }
}
