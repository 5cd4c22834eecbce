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

    /** Why no R1 endpoint takes calls, while that is so; nothing where no classifier has ever reported. */
    Optional<Classifiers.Outage> outage(Instant now);

    /**
     * Notes of one window.
     *
     * @param decided    notes with a label
     * @param undecided  notes that R1 could not decide
     * @param byCategory notes by label, and by each group of the tree above them
     */
    record Counts(long decided, long undecided, Map<String, Long> byCategory) {
        public Counts {
            byCategory = Map.copyOf(byCategory);
        }

        long of(String category) {
            return byCategory.getOrDefault(category, 0L);
        }
    }
}
