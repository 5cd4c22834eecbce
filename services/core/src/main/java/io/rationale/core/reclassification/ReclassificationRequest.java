package io.rationale.core.reclassification;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;

/**
 * Asks for a reclassification, or for a change of one.
 *
 * @param version   version of the schema
 * @param id        of the job, also the record's key
 * @param action    what is asked for
 * @param by        who asks
 * @param at        when
 * @param selection the notes; null unless it is to start
 * @param estimate  what whoever asks was told that it takes, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReclassificationRequest(
        int version,
        String id,
        Action action,
        String by,
        Instant at,
        ReclassificationSelection selection,
        ReclassificationEstimate estimate) {
    /** Version of the schema. */
    public static final int SCHEMA_VERSION = 1;

    /** What is asked for. */
    public enum Action {
        START,
        PAUSE,
        RESUME,
        CANCEL;

        /** As it stands in events and addresses. */
        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public ReclassificationRequest {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(by, "by");
        Objects.requireNonNull(at, "at");
    }

    /** A job of that id. */
    public static ReclassificationRequest start(
            String id, String by, Instant at, ReclassificationSelection selection, ReclassificationEstimate estimate) {
        return new ReclassificationRequest(SCHEMA_VERSION, id, Action.START, by, at, selection, estimate);
    }

    /** A change of the job of that id. */
    public static ReclassificationRequest change(String id, Action action, String by, Instant at) {
        return new ReclassificationRequest(SCHEMA_VERSION, id, action, by, at, null, null);
    }
}
