package io.rationale.console.statistics;

import io.rationale.core.statistics.Span;
import java.time.Duration;
import java.time.Instant;

/**
 * How fine notes are counted by their age: from {@code minutes} on in minutes, before in hours from {@code hours} on,
 * before in days from {@code days} on, and before that without time. All are minutes since 1970. The first is a whole
 * hour and the others are midnights, so that every bucket lies on one side.
 *
 * @param minutes start of what is counted in minutes
 * @param hours   start of what is counted in hours
 * @param days    start of what has a time at all
 */
record Horizon(long minutes, long hours, long days) {
    private static final long MINUTES_KEPT = Duration.ofDays(2).toMinutes();
    private static final long HOURS_KEPT = Duration.ofDays(62).toMinutes();

    /** The horizon at that time. */
    static Horizon at(Instant now, Duration retention) {
        long minute = Bucket.minuteOf(now);
        long days = Bucket.floor(minute - retention.toMinutes(), Span.DAY);
        long hours = Math.max(days, Bucket.floor(minute - HOURS_KEPT, Span.DAY));
        long minutes = Math.max(hours, Bucket.floor(minute - MINUTES_KEPT, Span.HOUR));
        return new Horizon(minutes, hours, days);
    }

    /** The later of both, piece by piece: a horizon never goes back, whatever the clock does. */
    Horizon andNotBefore(Horizon other) {
        return new Horizon(Math.max(minutes, other.minutes), Math.max(hours, other.hours), Math.max(days, other.days));
    }

    /** The bucket in which notes of that minute count. */
    Bucket place(long minute) {
        return Bucket.of(spanOf(minute), minute);
    }

    private Span spanOf(long minute) {
        if (minute >= minutes) {
            return Span.MINUTE;
        }
        if (minute >= hours) {
            return Span.HOUR;
        }
        return minute >= days ? Span.DAY : Span.OLDER;
    }

    /** Where buckets of that span begin; nothing of that span stays before. */
    long of(Span span) {
        return switch (span) {
            case MINUTE -> minutes;
            case HOUR -> hours;
            case DAY -> days;
            case OLDER -> Long.MIN_VALUE;
        };
    }

    void write(BinaryWriter out) {
        out.signed(minutes).signed(hours).signed(days);
    }

    static Horizon read(BinaryReader in) {
        return new Horizon(in.signed(), in.signed(), in.signed());
    }
}
