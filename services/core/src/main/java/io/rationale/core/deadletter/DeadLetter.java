package io.rationale.core.deadletter;

import io.rationale.core.json.Bytes;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Something that could not be judged, with its original bytes and why.
 *
 * @param key      the original key, or an id derived from origin and bytes
 * @param original exactly what came in, but for what was taken out
 * @param reason   kind of fault
 * @param cause    a sentence that says what to mend
 * @param field    the field at fault, or null
 * @param origin   where it came from
 * @param redacted how often personal data was taken out of the original, by kind
 */
public record DeadLetter(
        String key,
        Bytes original,
        String reason,
        String cause,
        String field,
        Origin origin,
        Map<String, Integer> redacted) {
    /** The header that says what was taken out: {@code email=2 phone=1}. */
    private static final String REDACTED = "redacted";

    private static final Pattern COUNT = Pattern.compile("([a-z][a-z0-9-]{0,31})=(\\d{1,9})");

    /** One of which nothing was taken out. */
    public DeadLetter(String key, Bytes original, String reason, String cause, String field, Origin origin) {
        this(key, original, reason, cause, field, origin, Map.of());
    }

    public DeadLetter {
        Objects.requireNonNull(original, "original");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(origin, "origin");
        redacted = redacted == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(redacted));
    }

    /** Where it came from. */
    public sealed interface Origin {
        /** A record of a topic. */
        record Topic(String topic, int partition, long offset) implements Origin {
            public Topic {
                Objects.requireNonNull(topic, "topic");
            }
        }

        /** A line (from 1) of a file. */
        record File(String file, long line) implements Origin {
            public File {
                Objects.requireNonNull(file, "file");
            }
        }
    }

    /** The record's headers; the value is {@link #original()}. */
    public Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("reason", reason);
        headers.put("cause", cause);
        if (field != null) {
            headers.put("field", field);
        }
        if (!redacted.isEmpty()) {
            headers.put(
                    REDACTED,
                    redacted.entrySet().stream()
                            .map(each -> each.getKey() + "=" + each.getValue())
                            .collect(Collectors.joining(" ")));
        }
        switch (origin) {
            case Origin.Topic at -> {
                headers.put("topic", at.topic());
                headers.put("partition", String.valueOf(at.partition()));
                headers.put("offset", String.valueOf(at.offset()));
            }
            case Origin.File at -> {
                headers.put("file", at.file());
                headers.put("line", String.valueOf(at.line()));
            }
        }
        return headers;
    }

    /**
     * The inverse of {@link #headers()}.
     *
     * @throws IllegalArgumentException when the headers are not a dead letter's
     */
    public static DeadLetter of(String key, Bytes original, Map<String, String> headers) {
        try {
            Origin origin = headers.containsKey("file")
                    ? new Origin.File(headers.get("file"), Long.parseLong(headers.get("line")))
                    : new Origin.Topic(
                            headers.get("topic"),
                            Integer.parseInt(headers.get("partition")),
                            Long.parseLong(headers.get("offset")));
            return new DeadLetter(
                    key,
                    original,
                    headers.get("reason"),
                    headers.get("cause"),
                    headers.get("field"),
                    origin,
                    counts(headers.getOrDefault(REDACTED, "")));
        } catch (NumberFormatException | NullPointerException e) {
            throw new IllegalArgumentException("not the headers of a dead letter: " + headers.keySet(), e);
        }
    }

    private static Map<String, Integer> counts(String said) {
        Map<String, Integer> counts = new TreeMap<>();
        COUNT.matcher(said).results().forEach(each -> counts.put(each.group(1), Integer.parseInt(each.group(2))));
        return counts;
    }
}
