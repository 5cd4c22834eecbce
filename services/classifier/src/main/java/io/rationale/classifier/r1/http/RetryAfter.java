package io.rationale.classifier.r1.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;

/** The header of that name: seconds or a date (RFC 9110, 10.2.3). */
final class RetryAfter {
    private RetryAfter() {}

    /** How long to wait; null where the header is missing or says nothing that can be read. */
    static Duration parse(String header) {
        if (header == null) {
            return null;
        }
        try {
            // Some gateways send fractions.
            return Duration.ofMillis(Math.max(0, Math.round(Double.parseDouble(header.strip()) * 1000)));
        } catch (NumberFormatException e) {
            return untilDate(header.strip());
        }
    }

    private static Duration untilDate(String date) {
        try {
            Instant at = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
            Duration wait = Duration.between(Instant.now(), at);
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
