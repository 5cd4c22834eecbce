package io.rationale.core.status;

import com.fasterxml.jackson.annotation.JsonValue;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * How a classifier is: the value of the status topic, by instance. Written every few seconds; an instance that stops
 * takes its record away.
 *
 * @param version   of the event, 1
 * @param instance  the classifier's name, unique in its group
 * @param at        when it said so
 * @param startedAt since when it runs
 * @param build     its version
 * @param taxonomy  what it judges under
 * @param outage    why no endpoint takes calls, or null while one does
 * @param endpoints the R1 servers, in the order of the configuration
 * @param inFlight  notes that were read and are not written yet
 * @param waiting   of these, notes that wait for a call
 * @param lag       records of its partitions that are not finished
 * @param batch     how many notes it puts into a prompt; null where it does not say
 * @param reclassification what it does about notes that are judged again, or null
 * @param discovery the discoveries that it runs, or null where another classifier runs them
 */
public record ClassifierStatus(
        int version,
        String instance,
        Instant at,
        Instant startedAt,
        String build,
        TaxonomyRef taxonomy,
        Outage outage,
        List<Endpoint> endpoints,
        long inFlight,
        long waiting,
        long lag,
        Batch batch,
        Reclassification reclassification,
        Discovery discovery) {
    public ClassifierStatus {
        Objects.requireNonNull(instance, "instance");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(startedAt, "startedAt");
        Objects.requireNonNull(build, "build");
        Objects.requireNonNull(taxonomy, "taxonomy");
        endpoints = endpoints == null ? List.of() : List.copyOf(endpoints);
    }

    /**
     * R1 does not answer.
     *
     * @param since  when the last endpoint went
     * @param reason what stands in the way, for people
     */
    public record Outage(Instant since, String reason) {
        public Outage {
            Objects.requireNonNull(since, "since");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * The limits of a prompt.
     *
     * @param maxNotes  most notes in it
     * @param maxTokens most estimated tokens of its notes
     */
    public record Batch(int maxNotes, int maxTokens) {}

    /**
     * Notes that are judged again.
     *
     * @param job      for which, or null while there is none
     * @param inFlight notes that were read and are not written yet
     * @param waiting  of these, notes that wait for a call
     * @param calls    in progress
     * @param lag      records of its partitions that are not finished
     */
    public record Reclassification(String job, long inFlight, long waiting, long calls, long lag) {}

    /**
     * Discoveries: one classifier of the group runs them all.
     *
     * @param running the one under way, or null
     * @param waiting those behind it
     * @param calls   of R1 for it at the moment
     */
    public record Discovery(String running, int waiting, int calls) {}

    /**
     * An R1 server.
     *
     * @param url             its base URL, without credentials
     * @param state           whether it takes calls
     * @param reason          why it takes none, or null
     * @param inFlight        calls at it
     * @param limit           calls that it may get at once
     * @param waiting         of the calls at it, those without a first payload
     * @param tokensPerSecond words that it said, as an average since the status before
     * @param callTokensPerSecond words that one call says a second, on average over the last minutes with calls; null before any
     */
    public record Endpoint(
            String url,
            State state,
            String reason,
            int inFlight,
            int limit,
            int waiting,
            double tokensPerSecond,
            Double callTokensPerSecond) {
        public Endpoint {
            Objects.requireNonNull(url, "url");
            Objects.requireNonNull(state, "state");
        }
    }

    /** An endpoint's life. */
    public enum State {
        /** Never probed: takes nothing. */
        NEW,
        /** Takes calls. */
        UP,
        /** Takes nothing until a probe succeeds. */
        DOWN,
        /** Taken off the list: its calls may end. */
        REMOVED;

        /** As it stands in events. */
        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
