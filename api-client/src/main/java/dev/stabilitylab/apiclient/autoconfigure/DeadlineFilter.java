package dev.stabilitylab.apiclient.autoconfigure;

import dev.stabilitylab.apiclient.Deadline;
import dev.stabilitylab.apiclient.internal.support.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Takes over the time that the caller has left, so that this service's own calls do not outlast it. The header of a caller that is not
 * trusted is ignored, whatever it says.
 */
final class DeadlineFilter extends OncePerRequestFilter {

    private static final int MAX_DIGITS = 7;

    private final ProblemWriter problems;
    private final TrustedCallers trusted;

    DeadlineFilter(ProblemWriter problems, TrustedCallers trusted) {
        this.problems = problems;
        this.trusted = trusted;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        List<String> values = Collections.list(request.getHeaders(Deadline.HEADER));
        if (values.isEmpty() || !trusted.contain(request.getRemoteAddr())) {
            chain.doFilter(request, response);
        } else if (values.size() == 1 && isValid(values.get(0))) {
            serve(Duration.ofMillis(Long.parseLong(values.get(0))), request, response, chain);
        } else {
            refuse(response);
        }
    }

    private static boolean isValid(String value) {
        return !value.isEmpty()
                && value.length() <= MAX_DIGITS
                && value.chars().allMatch(character -> character >= '0' && character <= '9')
                && Long.parseLong(value) >= 1
                && Long.parseLong(value) <= Deadline.MAX_MILLIS;
    }

    private static void serve(
            Duration remaining, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            Deadline.in(remaining).call(() -> {
                chain.doFilter(request, response);
                return true;
            });
        } catch (ServletException | IOException | RuntimeException passed) {
            throw passed;
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    // The value is not repeated: it may be anything.
    private void refuse(HttpServletResponse response) throws IOException {
        problems.write(
                ProblemWriter.problem(
                        HttpStatus.BAD_REQUEST,
                        "The deadline cannot be understood",
                        "The header %s must be given once, as whole milliseconds from 1 to %d."
                                .formatted(Deadline.HEADER, Deadline.MAX_MILLIS)),
                HttpHeaders.EMPTY,
                response);
    }
}
