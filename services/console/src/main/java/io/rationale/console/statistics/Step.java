package io.rationale.console.statistics;

import io.rationale.core.statistics.Span;
import java.util.Arrays;
import java.util.Optional;

/** How much time a point of a series holds. */
public enum Step {
    /** The finest with which a series still reads well. */
    AUTO("auto", null),
    MINUTE("minute", Span.MINUTE),
    HOUR("hour", Span.HOUR),
    DAY("day", Span.DAY);

    private final String code;
    private final Span span;

    Step(String code, Span span) {
        this.code = code;
        this.span = span;
    }

    /** The name in the API. */
    public String code() {
        return code;
    }

    /** What it is, where it is not chosen by the length of the series. */
    Optional<Span> span() {
        return Optional.ofNullable(span);
    }

    /** The step of that name. */
    public static Optional<Step> of(String code) {
        return Arrays.stream(values()).filter(step -> step.code.equals(code)).findFirst();
    }
}
