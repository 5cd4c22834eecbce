package io.rationale.console.alerts;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What somebody wants to be told of; {@link RuleParser} reads it from a sentence. */
public sealed interface AlertRule {
    /** The name in the configuration. */
    String name();

    /** The sentence. */
    String condition();

    /** Whether it looks at counts, which must have been read before it can be judged. */
    default boolean counts() {
        return true;
    }

    /**
     * A category's share of the decided notes has passed a bound.
     *
     * @param category  the category or group, or nothing for each one by itself
     * @param direction which side of the bound is meant
     * @param bound     0 to 1
     * @param window    ends now
     * @param sources   the sources counted; empty means all
     * @param minNotes  decided notes without which a share says nothing
     */
    record Share(
            String name,
            String condition,
            Optional<String> category,
            Direction direction,
            double bound,
            Duration window,
            Set<String> sources,
            long minNotes)
            implements AlertRule {}

    /**
     * A category's share is larger than in the window just before, by more than chance explains.
     *
     * @param category the category or group, or nothing for each one by itself
     * @param window   length of both windows
     * @param level    of the interval of the difference, 0.5 to 1
     * @param sources  the sources counted; empty means all
     * @param minNotes decided notes that each window needs
     */
    record Rise(
            String name,
            String condition,
            Optional<String> category,
            Duration window,
            double level,
            Set<String> sources,
            long minNotes)
            implements AlertRule {}

    /**
     * The share of the decided notes on which R1's votes hardly agree is larger than in the window just before, by more
     * than chance explains.
     *
     * @param atMost   the agreement that counts as low, 0 to 1
     * @param window   length of both windows
     * @param level    of the interval of the difference, 0.5 to 1
     * @param sources  the sources counted; empty means all
     * @param minNotes decided notes that each window needs
     */
    record LowAgreementRise(
            String name,
            String condition,
            double atMost,
            Duration window,
            double level,
            Set<String> sources,
            long minNotes)
            implements AlertRule {}

    /**
     * The share of notes that R1 could not decide has passed a bound.
     *
     * @param bound    0 to 1
     * @param window   ends now
     * @param sources  the sources counted; empty means all
     * @param minNotes notes without which a share says nothing
     */
    record Undecided(String name, String condition, double bound, Duration window, Set<String> sources, long minNotes)
            implements AlertRule {}

    /** No R1 endpoint of any classifier has taken calls for so long. */
    record R1Unavailable(String name, String condition, Duration atLeast) implements AlertRule {
        @Override
        public boolean counts() {
            return false;
        }
    }

    /** A side of a bound. */
    enum Direction {
        ABOVE,
        BELOW;

        boolean isPassed(double share, double bound) {
            return this == ABOVE ? share > bound : share < bound;
        }
    }
}
