package io.rationale.core.statistics;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How much time a bucket holds, the finest first. */
public enum Span {
    /** One minute. */
    MINUTE(1),
    /** One hour, from a whole hour. */
    HOUR(60),
    /** One day, from midnight UTC. */
    DAY(24 * 60),
    /** Everything that is older than the retention: it has no time any more. */
    OLDER(0);

    private final int minutes;

    Span(int minutes) {
        this.minutes = minutes;
    }

    /** Minutes that a bucket holds; 0 for {@link #OLDER}. */
    public int minutes() {
        return minutes;
    }

    /** The name in events and in the API. */
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
