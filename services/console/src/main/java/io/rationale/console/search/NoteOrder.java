package io.rationale.console.search;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a list is sorted; equal ones by note id, in the order of its code points. */
public enum NoteOrder {
    /** Falling agreement, then the surest first. */
    AGREEMENT,
    /** The most doubtful first, as {@link Doubt} says: what a person should look at. */
    DOUBT,
    /** A random order that stays: the first notes of it are a random sample of all. */
    RANDOM,
    /** Newest first. */
    TIME;

    /** The name in the API. */
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The order of that name. */
    public static Optional<NoteOrder> of(String code) {
        return Arrays.stream(values())
                .filter(order -> order.code().equals(code))
                .findFirst();
    }
}
