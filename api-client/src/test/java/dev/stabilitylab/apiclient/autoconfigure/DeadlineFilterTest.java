package dev.stabilitylab.apiclient.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stabilitylab.apiclient.Deadline;
import dev.stabilitylab.apiclient.internal.support.ProblemWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class DeadlineFilterTest {

    private static final List<String> RANGES = List.of("10.0.0.0/8", "::1");

    private Optional<Deadline> served = Optional.empty();
    private boolean wasServed;

    @ParameterizedTest
    @ValueSource(strings = {"10.1.2.3", "::ffff:10.1.2.3", "0:0:0:0:0:0:0:1"})
    void takesOverTheDeadlineOfATrustedCaller(String address) throws Exception {
        serve(address, "5000");

        assertThat(served)
                .hasValueSatisfying(deadline ->
                        assertThat(deadline.remaining()).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(5)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5000", "soon", "0", ""})
    void ignoresTheHeaderOfAnyoneElse(String value) throws Exception {
        MockHttpServletResponse response = serve("11.0.0.1", value);

        assertThat(response.getStatus()).isEqualTo(200);
        assertThat(wasServed).isTrue();
        assertThat(served).isEmpty();
    }

    @Test
    void refusesAMalformedHeaderOfATrustedCaller() throws Exception {
        MockHttpServletResponse response = serve("10.1.2.3", "soon");

        assertThat(response.getStatus()).isEqualTo(400);
        assertThat(wasServed).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "unix:", "localhost"})
    void trustsNobodyWithoutAnAddress(String address) throws Exception {
        serve(address, "5000");

        assertThat(served).isEmpty();
    }

    private MockHttpServletResponse serve(String address, String value) throws Exception {
        List<String> mistakes = new ArrayList<>();
        DeadlineFilter filter =
                new DeadlineFilter(new ProblemWriter(new ObjectMapper()), TrustedCallers.of(RANGES, mistakes));
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/home");
        request.setRemoteAddr(address);
        request.addHeader(Deadline.HEADER, value);
        MockHttpServletResponse response = new MockHttpServletResponse();

        filter.doFilter(request, response, (served, answer) -> {
            wasServed = true;
            this.served = Deadline.current();
        });

        assertThat(mistakes).isEmpty();
        return response;
    }
}
