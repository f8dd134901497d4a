package dev.stabilitylab.homepage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.DispatcherServlet;

class PageMetricsFilterTest {

    private static final FilterChain FULL_PAGE = (request, response) -> {};

    private final MockClock clock = new MockClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
    private final PageMetricsFilter filter = new PageMetricsFilter(new PageMetrics(registry));

    @Test
    void hasEveryOutcomeFromTheStart() {
        assertThat(counts()).isEqualTo(Map.of("full", 0L, "degraded", 0L, "refused", 0L, "failed", 0L));
    }

    @Test
    void timesAPageFromTheFirstByteOfWorkToTheLast() throws Exception {
        serve((request, response) -> clock.add(Duration.ofMillis(250)));

        assertThat(only("full").totalTime(TimeUnit.MILLISECONDS)).isEqualTo(250);
    }

    @ParameterizedTest
    @ValueSource(strings = {"recommendations", "auth", "auth,recommendations,popularity"})
    void callsAPageDegradedThatSaysSo(String degraded) throws Exception {
        serve((request, response) -> ((HttpServletResponse) response).setHeader("Degraded", degraded));

        only("degraded");
    }

    @ParameterizedTest
    @CsvSource({
        "400, refused",
        "401, refused",
        "403, refused",
        "499, refused",
        "500, failed",
        "503, failed",
        "599, failed"
    })
    void tellsTheCallersMistakesFromItsOwn(int status, String outcome) throws Exception {
        serve((request, response) -> ((HttpServletResponse) response).setStatus(status));

        only(outcome);
    }

    @Test
    void takesAnErrorForOneWhateverItsHeadersSay() throws Exception {
        serve((request, response) -> {
            ((HttpServletResponse) response).setHeader("Degraded", "recommendations");
            ((HttpServletResponse) response).sendError(500);
        });

        only("failed");
    }

    @Test
    void countsAnExceptionAsAFailureAndPassesItOn() {
        ServletException defect = new ServletException("defect");

        assertThatThrownBy(() -> serve((request, response) -> {
                    throw defect;
                }))
                .isSameAs(defect);

        only("failed");
    }

    @Test
    void countsAPageThatCouldNotBeWrittenAsAFailure() throws Exception {
        serve((request, response) ->
                request.setAttribute(DispatcherServlet.EXCEPTION_ATTRIBUTE, new IOException("Broken pipe")));

        only("failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "OPTIONS", "POST", "get"})
    void countsNothingButGet(String method) throws Exception {
        serve(method, FULL_PAGE);

        assertThat(counts().values()).containsOnly(0L);
    }

    private void serve(FilterChain chain) throws ServletException, IOException {
        serve("GET", chain);
    }

    private void serve(String method, FilterChain chain) throws ServletException, IOException {
        filter.doFilter(new MockHttpServletRequest(method, "/home"), new MockHttpServletResponse(), chain);
    }

    /** The timer of the one outcome that was counted, once. */
    private Timer only(String outcome) {
        assertThat(counts()).containsEntry(outcome, 1L);
        assertThat(counts().values()).containsExactlyInAnyOrder(0L, 0L, 0L, 1L);
        return registry.get("homepage.pages").tag("outcome", outcome).timer();
    }

    private Map<String, Long> counts() {
        return registry.get("homepage.pages").timers().stream()
                .collect(Collectors.toMap(timer -> String.valueOf(timer.getId().getTag("outcome")), Timer::count));
    }
}
