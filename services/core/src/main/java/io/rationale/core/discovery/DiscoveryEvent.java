package io.rationale.core.discovery;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;

/**
 * How a run stands. The latest event of a run counts; nothing follows one that ends it.
 *
 * @param version     version of the schema
 * @param id          of the run, also the record's key
 * @param state       where it stands
 * @param requestedAt when it was asked for
 * @param at          when this was said
 * @param instance    of the classifier that runs it
 * @param progress    how far it is, or null before it began
 * @param reason      a sentence, when it failed, else null
 * @param result      what it found, when it is done, else null
 */
public record DiscoveryEvent(
        int version,
        String id,
        State state,
        Instant requestedAt,
        Instant at,
        String instance,
        DiscoveryProgress progress,
        String reason,
        DiscoveryResult result) {
    /** Version of the schema. */
    public static final int SCHEMA_VERSION = 1;

    /** Where a run stands. */
    public enum State {
        /** Another run goes first. */
        WAITING,
        /** Calls are made, or wait until R1 has nothing more urgent to do. */
        RUNNING,
        /** There is a result. */
        DONE,
        /** There is none. */
        FAILED,
        /** It was told to end. */
        CANCELLED;

        @JsonValue
        String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether nothing follows. */
        public boolean isFinal() {
            return this == DONE || this == FAILED || this == CANCELLED;
        }
    }

    public DiscoveryEvent {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(requestedAt, "requestedAt");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(instance, "instance");
    }
}
