package dev.stabilitylab.homepage;

import io.micrometer.core.instrument.Timer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpMethod;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Counts and times what {@code GET /home} answers. It stands outside everything else, so that it also sees what is turned away
 * before the page is composed. Other methods are not counted: nobody gets a page by them.
 */
final class PageMetricsFilter extends OncePerRequestFilter {

    private final PageMetrics metrics;

    PageMetricsFilter(PageMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !HttpMethod.GET.matches(request.getMethod());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Timer.Sample sample = metrics.start();
        PageOutcome outcome = PageOutcome.FAILED;
        try {
            chain.doFilter(request, response);
            outcome = PageOutcome.of(request, response);
        } finally {
            metrics.stop(sample, outcome);
        }
    }
}
