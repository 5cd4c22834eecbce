package io.rationale.core.intake;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;

/** Times as they stand in tables. */
final class Times {
    private static final int DATE_LENGTH = 10;

    private Times() {}

    /**
     * An ISO 8601 date-time, with a blank for the {@code T} as databases write it, or a date. Without an offset it
     * counts as UTC.
     */
    static Optional<Instant> parse(String text) {
        try {
            if (text.length() <= DATE_LENGTH) {
                return Optional.of(LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));
            }
            boolean blank = text.charAt(DATE_LENGTH) == ' ';
            String iso = blank ? text.substring(0, DATE_LENGTH) + 'T' + text.substring(DATE_LENGTH + 1) : text;
            TemporalAccessor time =
                    DateTimeFormatter.ISO_DATE_TIME.parseBest(iso, OffsetDateTime::from, LocalDateTime::from);
            return Optional.of(
                    time instanceof LocalDateTime local
                            ? local.toInstant(ZoneOffset.UTC)
                            : OffsetDateTime.from(time).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
