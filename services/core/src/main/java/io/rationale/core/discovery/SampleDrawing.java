package io.rationale.core.discovery;

import io.rationale.core.note.Note;
import java.time.Duration;

/**
 * Draws a sample from a stream of notes of any length in bounded memory, without knowing its end.
 *
 * <p>Each note gets a lot by seed and id, and the lowest lots are kept: a simple random sample of all notes, in whatever
 * order they come. Beside it the lowest few of each stratum are kept, so that none goes missing. As lots know nothing of
 * strata, what is kept of a stratum is a simple random sample of it, and each kept note stands for the stratum's notes
 * divided by those kept: shares estimated with these weights are unbiased (Horvitz and Thompson, Journal of the American
 * Statistical Association 47, 1952). Then the same and nearly the same notes are folded ({@link NearDuplicates}), and of
 * more than enough a priority sample is taken ({@link PrioritySample}). Not thread safe.
 */
public final class SampleDrawing {
    private final long seed;
    private final Limits limits;
    private final Lots<Note> lots;
    /** Folding takes long, and the sample may be wanted in several sizes; null once another note was looked at. */
    private FoldedSample folded;

    /**
     * What may be kept.
     *
     * @param notes      before the same ones are folded
     * @param bytes      of these, about
     * @param perStratum notes of each stratum at least
     * @param strata     that are told apart; further ones count as one
     * @param slice      length of a time slice
     */
    public record Limits(int notes, long bytes, int perStratum, int strata, Duration slice) {
        public Limits {
            if (notes < 1 || bytes < 1 || perStratum < 0 || strata < 1 || slice.toSeconds() < 1) {
                throw new IllegalArgumentException("the limits of a sample are positive");
            }
        }

        /** For a sample of so many notes: four times as many are drawn, as a part of them is the same. */
        public static Limits forNotes(int notes) {
            return new Limits(Math.max(1000, 4 * notes), 64L << 20, 4, 256, Duration.ofDays(30));
        }
    }

    /** @param seed of the sample: the same gives the same for the same notes, whatever their order */
    public SampleDrawing(long seed, Limits limits) {
        this.seed = seed;
        this.limits = limits;
        this.lots = new Lots<>(seed, limits, BriefNote::bytes);
    }

    /** Looks at a note of which nothing else is known. */
    public void add(Note note) {
        add(note, null, null);
    }

    /**
     * Looks at a note.
     *
     * @param category  what it is labelled as now, or null
     * @param agreement share of the votes for that label, or null
     */
    public void add(Note note, String category, Double agreement) {
        folded = null;
        Stratum stratum = Stratum.of(note.source(), note.observedAt(), category, agreement, limits.slice());
        lots.add(note.id(), stratum, () -> BriefNote.of(note));
    }

    /** How many notes were looked at. */
    public long population() {
        return lots.population();
    }

    /**
     * The sample of what was looked at.
     *
     * @param notes how many at most
     */
    public NoteSample draw(int notes) {
        return folded().sample(notes);
    }

    /** What was drawn, to take samples of. */
    public FoldedSample folded() {
        if (folded == null) {
            folded = FoldedSample.of(
                    seed,
                    lots.population(),
                    lots.drawn().stream()
                            .map(each -> new FoldedSample.Stratified(each.item(), each.stratum()))
                            .toList(),
                    lots::seen);
        }
        return folded;
    }
}
