package io.rationale.core.discovery;

import java.time.Duration;
import java.time.Instant;

/**
 * What notes have in common that must not go missing from a sample; only what is known.
 *
 * @param slice     number of the time slice, or null
 * @param source    where the notes come from, or null
 * @param category  what they are labelled as now, or null
 * @param agreement band of the votes' agreement, 0 (doubtful) to 2 (sure), or null
 */
record Stratum(Long slice, String source, String category, Integer agreement) {
    /** Notes of strata beyond the most that are told apart. */
    static final Stratum REST = new Stratum(null, null, null, null);

    private static final double SURE = 0.9;
    private static final double DOUBTFUL = 0.6;

    static Stratum of(String source, Instant at, String category, Double agreement, Duration slice) {
        return new Stratum(sliceOf(at, slice), source, category, bandOf(agreement));
    }

    private static Long sliceOf(Instant at, Duration slice) {
        return at == null ? null : Math.floorDiv(at.getEpochSecond(), slice.toSeconds());
    }

    private static Integer bandOf(Double agreement) {
        if (agreement == null) {
            return null;
        }
        return agreement >= SURE ? 2 : agreement >= DOUBTFUL ? 1 : 0;
    }
}
