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
 * @param startedAt   when its first call was about to be made, or null before that
 * @param asked       what a person asked for, or null where nobody said
 * @param sampled     notes that R1 reads, or null while they are not drawn yet
 * @param population  notes that they were drawn from, or null likewise
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
        DiscoveryResult result,
        Instant startedAt,
        AskedNotes asked,
        Integer sampled,
        Long population) {
    /** Version of the schema. */
    public static final int SCHEMA_VERSION = 1;

    /** Where a run stands. */
    public enum State {
        /** Its sample is being drawn; it says so every few seconds, and who is silent has ended. */
        DRAWING,
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

    /** How a run that was asked for stands. */
    public static DiscoveryEvent of(
            DiscoveryRequest request,
            State state,
            Instant at,
            String instance,
            DiscoveryProgress progress,
            String reason,
            DiscoveryResult result,
            Instant startedAt) {
        NoteSample sample = request.sample();
        return new DiscoveryEvent(
                SCHEMA_VERSION,
                request.id(),
                state,
                request.at(),
                at,
                instance,
                progress,
                reason,
                result,
                startedAt,
                request.asked(),
                sample == null ? null : sample.notes().size(),
                sample == null ? null : sample.population());
    }

    /** The same with another result. */
    public DiscoveryEvent with(DiscoveryResult other) {
        return new DiscoveryEvent(
                version,
                id,
                state,
                requestedAt,
                at,
                instance,
                progress,
                reason,
                other,
                startedAt,
                asked,
                sampled,
                population);
    }
}
