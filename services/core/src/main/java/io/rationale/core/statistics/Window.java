package io.rationale.core.statistics;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** A rolling window of event time that ends now. */
public enum Window {
    ALL("all", null),
    LAST_HOUR("1h", Duration.ofHours(1)),
    LAST_DAY("24h", Duration.ofHours(24)),
    LAST_WEEK("7d", Duration.ofDays(7)),
    LAST_MONTH("30d", Duration.ofDays(30));

    private final String code;
    private final Duration length;

    Window(String code, Duration length) {
        this.code = code;
        this.length = length;
    }

    /** The name in commands, the API and the page. */
    @JsonValue
    public String code() {
        return code;
    }

    /** Where the window that ends at {@code now} starts; nothing for {@link #ALL}. */
    public Optional<Instant> start(Instant now) {
        return Optional.ofNullable(length).map(now::minus);
    }

    /** The window of that name. */
    public static Optional<Window> of(String code) {
        return Arrays.stream(values()).filter(w -> w.code.equals(code)).findFirst();
    }
}
