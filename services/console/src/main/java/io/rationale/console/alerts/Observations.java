package io.rationale.console.alerts;

import io.rationale.console.status.Classifiers;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What rules look at. */
public interface Observations {
    /** Whether everything that was counted before the start has been read: before, counts are too low. */
    boolean isComplete();

    /** The version whose labels are counted. */
    TaxonomyRef taxonomy();

    /** A category's name for people; the id where it has none. */
    String nameOf(String category);

    /**
     * The notes of a window.
     *
     * @param sources the sources counted; empty means all
     */
    Counts counts(Instant to, Duration window, Set<String> sources);

    /**
     * The notes of a window by the agreement of R1's votes; nothing while the notes are being indexed.
     *
     * @param atMost  the agreement that counts as low, 0 to 1
     * @param sources the sources counted; empty means all
     */
    Optional<Agreement> agreement(Instant to, Duration window, Set<String> sources, double atMost);

    /** Why no R1 endpoint takes calls, while that is so; nothing where no classifier has ever reported. */
    Optional<Classifiers.Outage> outage(Instant now);

    /**
     * Notes of one window.
     *
     * @param decided    notes with a label
     * @param undecided  notes that R1 could not decide
     * @param unjudged   notes that are known and not yet judged under the version
     * @param byCategory notes by label, and by each group of the tree above them
     */
    record Counts(long decided, long undecided, long unjudged, Map<String, Long> byCategory) {
        public Counts {
            byCategory = Map.copyOf(byCategory);
        }

        /** All notes that are known. */
        long known() {
            return decided + undecided + unjudged;
        }

        long of(String category) {
            return byCategory.getOrDefault(category, 0L);
        }
    }

    /**
     * Notes of one window.
     *
     * @param decided notes with a label
     * @param low     those of them with little agreement
     */
    record Agreement(long decided, long low) {}
}
