package io.rationale.core.intake;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a file of notes looks like. */
public enum InputFormat {
    /** Told from the file's name, else from its first bytes. */
    AUTO,
    /** RFC 4180 with a header; comma, or semicolon as Excel writes it in Germany. */
    CSV,
    /** Like CSV, with tabs. */
    TSV,
    /** An array of notes, one note, or several one after another. */
    JSON,
    /** A JSON value a line. */
    JSONL,
    /** A note a line. */
    TEXT;

    /**
     * The format of that name, in any case.
     *
     * @throws IllegalArgumentException with a sentence that names the formats there are
     */
    public static InputFormat of(String name) {
        return Arrays.stream(values())
                .filter(format -> format.name().equalsIgnoreCase(name == null ? "" : name.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no input format '" + name + "'; the formats are: " + names()));
    }

    private static String names() {
        return Arrays.stream(values())
                .map(format -> format.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }
}
