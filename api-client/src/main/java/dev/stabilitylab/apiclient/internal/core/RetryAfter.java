package dev.stabilitylab.apiclient.internal.core;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** The header {@code Retry-After}: whole seconds or an HTTP date (RFC 9110, 10.2.3). */
final class RetryAfter {

    private static final int MAX_DIGITS = 9;

    private RetryAfter() {}

    /** How long to stay away; zero for a date in the past and for what is neither a number nor a date. */
    static Duration parse(String value, Clock clock) {
        String text = value.strip();
        if (!text.isEmpty()
                && text.length() <= MAX_DIGITS
                && text.chars().allMatch(each -> each >= '0' && each <= '9')) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            Duration left =
                    Duration.between(clock.instant(), ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME));
            return left.isNegative() ? Duration.ZERO : left;
        } catch (DateTimeException | ArithmeticException neither) {
            return Duration.ZERO;
        }
    }
}
