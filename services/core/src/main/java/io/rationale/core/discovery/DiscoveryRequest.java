package io.rationale.core.discovery;

import com.fasterxml.jackson.annotation.JsonValue;
import io.rationale.core.redaction.Redactor;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;

/**
 * Asks for a discovery, or for the end of one.
 *
 * @param version  version of the schema
 * @param id       of the run, also the record's key
 * @param action   what is asked for
 * @param at       when
 * @param settings how to go about it; null where it is to end
 * @param sample   the notes to read; null where it is to end
 * @param asked    what a person asked for, carried along; null where nobody said
 */
public record DiscoveryRequest(
        int version,
        String id,
        Action action,
        Instant at,
        DiscoverySettings settings,
        NoteSample sample,
        AskedNotes asked) {
    /** Version of the schema. */
    public static final int SCHEMA_VERSION = 1;

    /** Largest request in bytes. */
    public static final int MAX_BYTES = 8 * 1024 * 1024;

    /** What is asked for. */
    public enum Action {
        START,
        CANCEL;

        @JsonValue
        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public DiscoveryRequest {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(at, "at");
    }

    /** A run of that id. */
    public static DiscoveryRequest start(String id, Instant at, DiscoverySettings settings, NoteSample sample) {
        return start(id, at, settings, sample, null);
    }

    /** The same request without the personal data of its notes. */
    public DiscoveryRequest without(Redactor redactor) {
        return sample == null
                ? this
                : new DiscoveryRequest(version, id, action, at, settings, sample.without(redactor), asked);
    }

    /** The same for a person. */
    public static DiscoveryRequest start(
            String id, Instant at, DiscoverySettings settings, NoteSample sample, AskedNotes asked) {
        return new DiscoveryRequest(SCHEMA_VERSION, id, Action.START, at, settings, sample, asked);
    }

    /** The end of the run of that id. */
    public static DiscoveryRequest cancel(String id, Instant at) {
        return new DiscoveryRequest(SCHEMA_VERSION, id, Action.CANCEL, at, null, null, null);
    }
}
