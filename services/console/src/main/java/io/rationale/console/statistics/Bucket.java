package io.rationale.console.statistics;

import io.rationale.core.statistics.Span;
import java.time.Instant;

/**
 * A piece of event time that notes are counted in.
 *
 * @param span  how much time it holds
 * @param start its first minute, in minutes since 1970, UTC; 0 for {@link Span#OLDER}
 */
record Bucket(Span span, long start) {
    private static final long SECONDS = 60;

    /** The minute of a time. */
    static long minuteOf(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), SECONDS);
    }

    /** The start of a minute. */
    static Instant instantOf(long minute) {
        return Instant.ofEpochSecond(minute * SECONDS);
    }

    /** The bucket of that span that holds the minute. */
    static Bucket of(Span span, long minute) {
        return new Bucket(span, span == Span.OLDER ? 0 : floor(minute, span));
    }

    /** The start of the piece of that span, not {@link Span#OLDER}, that holds the minute. */
    static long floor(long minute, Span span) {
        return Math.floorDiv(minute, (long) span.minutes()) * span.minutes();
    }

    /** The end of the piece of that span that holds the minute before this one, exclusive. */
    static long ceiling(long minute, Span span) {
        return Math.ceilDiv(minute, (long) span.minutes()) * span.minutes();
    }
}
