package io.rationale.classifier.r1.cluster;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Stands still until it is moved; as instants, and as nanoseconds of an origin that makes them overflow. */
public final class ManualClock extends Clock {
    private volatile long nanos;

    public void advance(Duration duration) {
        nanos += duration.toNanos();
    }

    /** As {@link System#nanoTime()}: only differences mean anything. */
    public long nanos() {
        return Long.MAX_VALUE - Duration.ofSeconds(30).toNanos() + nanos;
    }

    @Override
    public Instant instant() {
        return Instant.EPOCH.plusNanos(nanos);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("instants only");
    }
}
