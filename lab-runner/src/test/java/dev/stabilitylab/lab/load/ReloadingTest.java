package dev.stabilitylab.lab.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.lab.record.PageKind;
import dev.stabilitylab.lab.script.LoadSpec.Reloads;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class ReloadingTest {

    private final Reloading twice = new Reloading(new Reloads(2, Duration.ofMillis(100)), new SplittableRandom(2));

    @ParameterizedTest
    @EnumSource(names = {"FULL", "REFUSED"})
    void doesNotFollowAnAnswer(PageKind kind) {
        assertThat(twice.follows(kind, 0)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            names = {"FULL", "REFUSED"},
            mode = Mode.EXCLUDE)
    void followsEverythingElseAsOftenAsItMay(PageKind kind) {
        assertThat(twice.follows(kind, 0)).isTrue();
        assertThat(twice.follows(kind, 1)).isTrue();
        assertThat(twice.follows(kind, 2)).isFalse();
    }

    @Test
    void followsNothingWhenNobodyReloads() {
        assertThat(new Reloading(null, new SplittableRandom(1)).follows(PageKind.FAILED, 0))
                .isFalse();
    }

    @Test
    void spreadsItsPausesEvenlyAroundTheOneOfTheScript() {
        long[] pauses = LongStream.generate(twice::pause).limit(10_000).toArray();

        assertThat(LongStream.of(pauses).min().orElseThrow()).isBetween(50_000_000L, 51_000_000L);
        assertThat(LongStream.of(pauses).max().orElseThrow()).isBetween(149_000_000L, 150_000_000L);
        assertThat(LongStream.of(pauses).average().orElseThrow()).isBetween(99e6, 101e6);
    }
}
