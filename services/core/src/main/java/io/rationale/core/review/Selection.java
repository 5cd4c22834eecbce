package io.rationale.core.review;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a note came before the person who reviewed it. */
public enum Selection {
    /** As one of the most doubtful. */
    DOUBT,
    /** As one of a random sample. */
    RANDOM,
    /** Because the person wanted to. */
    CHOSEN;

    /** The name in events and in the API. */
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one of that name. */
    public static Optional<Selection> of(String code) {
        return Arrays.stream(values())
                .filter(selection -> selection.code().equals(code))
                .findFirst();
    }

    /** A kind that a later version may write is none: the review counts all the same. */
    @JsonCreator
    static Selection orNone(String code) {
        return of(code).orElse(null);
    }
}
