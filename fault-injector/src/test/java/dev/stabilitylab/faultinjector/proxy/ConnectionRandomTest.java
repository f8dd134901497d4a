package dev.stabilitylab.faultinjector.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ConnectionRandomTest {

    @Test
    void repeatsItselfForTheSameSeedProxyConnectionAndToxic() {
        assertThat(draw(1, "auth", 1, "latency")).isEqualTo(draw(1, "auth", 1, "latency"));
    }

    @Test
    void differsWithEachOfThem() {
        assertThat(new double[] {
                    draw(1, "auth", 1, "latency"),
                    draw(2, "auth", 1, "latency"),
                    draw(1, "popularity", 1, "latency"),
                    draw(1, "auth", 2, "latency"),
                    draw(1, "auth", 1, "timeout")
                })
                .doesNotHaveDuplicates();
    }

    @Test
    void isUniformOverConnections() {
        double[] draws = LongStream.range(0, 10_000)
                .mapToDouble(number -> draw(42, "auth", number, "latency"))
                .toArray();

        assertThat(draws).satisfies(all -> {
            for (int tenth = 0; tenth < 10; tenth++) {
                double from = tenth / 10.0;
                // 1000 expected, standard deviation 30.
                assertThat(java.util.Arrays.stream(all)
                                .filter(draw -> draw >= from && draw < from + 0.1)
                                .count())
                        .isBetween(850L, 1_150L);
            }
        });
    }

    private static double draw(long seed, String proxy, long connection, String toxic) {
        return new ConnectionRandom(seed, proxy, connection).forToxic(toxic).nextDouble();
    }
}
