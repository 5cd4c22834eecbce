package io.rationale.core.discovery;

import io.rationale.core.note.Note;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

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
    private static final int BYTES_PER_CHARACTER = 2;

    private final long seed;
    private final Limits limits;
    private final Map<Stratum, Kept> strata = new LinkedHashMap<>();
    private final PriorityQueue<Drawn> lowest = highestFirst();
    private long characters;
    private long population;
    /** Folding takes long, and the sample may be wanted in several sizes; null once another note was looked at. */
    private Folded folded;

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

    private record Folded(int drawn, List<SampledNote> notes) {}

    private record Drawn(Note note, long lot, Stratum stratum) {}

    /** A stratum: how many notes were seen of it, and its lowest lots. */
    private static final class Kept {
        private final PriorityQueue<Drawn> lowest = highestFirst();
        private long seen;
    }

    public SampleDrawing(long seed, Limits limits) {
        this.seed = seed;
        this.limits = limits;
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
        population++;
        folded = null;
        Stratum stratum = known(Stratum.of(note, category, agreement, limits.slice()));
        Kept kept = strata.computeIfAbsent(stratum, any -> new Kept());
        kept.seen++;
        long lot = Draws.lot(seed, note.id());
        boolean isLow = lowest.size() < limits.notes() && !isFull()
                || lot < lowest.peek().lot();
        boolean isLowInStratum = kept.lowest.size() < limits.perStratum()
                || !kept.lowest.isEmpty() && lot < kept.lowest.peek().lot();
        if (isLow || isLowInStratum) {
            Drawn drawn = new Drawn(BriefNote.of(note), lot, stratum);
            if (isLow) {
                keep(drawn);
            }
            if (isLowInStratum) {
                kept.lowest.add(drawn);
                if (kept.lowest.size() > limits.perStratum()) {
                    kept.lowest.remove();
                }
            }
        }
    }

    /** How many notes were looked at. */
    public long population() {
        return population;
    }

    /**
     * The sample of what was looked at.
     *
     * @param notes how many at most
     */
    public NoteSample draw(int notes) {
        if (folded == null) {
            folded = folded();
        }
        return new NoteSample(population, folded.drawn(), PrioritySample.of(folded.notes(), notes, seed));
    }

    private Folded folded() {
        List<SampledNote> weighted = new ArrayList<>();
        drawnByStratum().forEach((stratum, drawn) -> {
            double weight = (double) strata.get(stratum).seen / drawn.size();
            drawn.forEach(each -> weighted.add(new SampledNote(each.note(), weight, 1)));
        });
        weighted.sort(Comparator.comparing(
                        (SampledNote each) -> Draws.lot(seed, each.note().id()))
                .thenComparing(each -> each.note().id()));
        return new Folded(weighted.size(), NearDuplicates.folded(weighted));
    }

    private Map<Stratum, List<Drawn>> drawnByStratum() {
        Map<Stratum, Map<String, Drawn>> byStratum = new LinkedHashMap<>();
        lowest.forEach(each -> put(byStratum, each));
        strata.values().forEach(kept -> kept.lowest.forEach(each -> put(byStratum, each)));
        Map<Stratum, List<Drawn>> drawn = new HashMap<>();
        byStratum.forEach((stratum, of) -> drawn.put(stratum, List.copyOf(of.values())));
        return drawn;
    }

    private static void put(Map<Stratum, Map<String, Drawn>> byStratum, Drawn drawn) {
        byStratum
                .computeIfAbsent(drawn.stratum(), any -> new LinkedHashMap<>())
                .put(drawn.note().id(), drawn);
    }

    private Stratum known(Stratum stratum) {
        return strata.containsKey(stratum) || strata.size() < limits.strata() ? stratum : Stratum.REST;
    }

    private void keep(Drawn drawn) {
        lowest.add(drawn);
        characters += BriefNote.length(drawn.note());
        while (lowest.size() > limits.notes() || lowest.size() > 1 && isFull()) {
            characters -= BriefNote.length(lowest.remove().note());
        }
    }

    private boolean isFull() {
        return !lowest.isEmpty() && characters * BYTES_PER_CHARACTER > limits.bytes();
    }

    private static PriorityQueue<Drawn> highestFirst() {
        return new PriorityQueue<>(Comparator.comparingLong(Drawn::lot).reversed());
    }
}
