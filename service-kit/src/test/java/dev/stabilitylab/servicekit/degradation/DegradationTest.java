package dev.stabilitylab.servicekit.degradation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stabilitylab.apiclient.Headers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DegradationTest {

    private static final Degradation STALE = Degradation.stalePermissions(Duration.ofMillis(12_999));

    @Test
    void saysNothingWhenNothingIsMissing() {
        assertThat(Degradation.NONE.toHeaders()).isEmpty();
    }

    @Test
    void tellsTheAgeOfThePermissionsInWholeSeconds() {
        assertThat(STALE.toHeaders().toSingleValueMap()).containsOnlyKeys("Degraded", "Age");
        assertThat(STALE.toHeaders().getFirst("Degraded")).isEqualTo("auth");
        assertThat(STALE.toHeaders().getFirst("Age")).isEqualTo("12");
    }

    @Test
    void namesAuthFirstAndTheMissingUpstreamsInTheirOrder() {
        Degradation all = Degradation.without("recommendations")
                .and(STALE)
                .and(Degradation.NONE)
                .and(Degradation.without("popularity"));

        assertThat(all.toHeaders().getFirst("Degraded")).isEqualTo("auth,recommendations,popularity");
    }

    @Test
    void givesNoAgeWhenOnlyUpstreamsAreMissing() {
        assertThat(Degradation.without("popularity").toHeaders().toSingleValueMap())
                .containsExactly(Map.entry("Degraded", "popularity"));
    }

    @Test
    void keepsTheLargerAge() {
        Degradation older = Degradation.stalePermissions(Duration.ofSeconds(20));

        assertThat(STALE.and(older)).isEqualTo(older);
        assertThat(older.and(STALE)).isEqualTo(older);
        assertThat(STALE.and(Degradation.NONE)).isEqualTo(STALE);
        assertThat(Degradation.NONE.and(STALE)).isEqualTo(STALE);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "none", textBlock = """
            auth,          7,           7
            'other, auth', 7,           7
            auth,          none,        0
            auth,          -1,          0
            auth,          soon,        0
            auth,          99999999999, 0
            none,          7,           none
            other,         7,           none
            authority,     7,           none
            """)
    void takesOverOnlyStalePermissionsFromAnUpstream(String degraded, String age, Long seconds) {
        Headers answer = name -> {
            String value = name.equals("Degraded") ? degraded : age;
            return value == null ? List.of() : List.of(value);
        };

        assertThat(Degradation.passedOn(answer))
                .isEqualTo(
                        seconds == null ? Degradation.NONE : Degradation.stalePermissions(Duration.ofSeconds(seconds)));
    }
}
