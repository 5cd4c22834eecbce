package io.rationale.core.discovery;

import io.rationale.core.json.Json;
import io.rationale.core.note.Note;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** What was drawn of a population, with weights, the same ones folded; a sample of any size can be had of it. */
public final class FoldedSample {
    private static final double LESS = 0.8;

    private final long seed;
    private final long population;
    private final int drawn;
    private final List<SampledNote> notes;

    private FoldedSample(long seed, long population, int drawn, List<SampledNote> notes) {
        this.seed = seed;
        this.population = population;
        this.drawn = drawn;
        this.notes = notes;
    }

    /**
     * Each note stands for its stratum's notes divided by those kept of it.
     *
     * @param seen how many notes a stratum has
     */
    static FoldedSample of(long seed, long population, List<Stratified> drawn, ToLongFunction<Stratum> seen) {
        Map<Stratum, Integer> kept = new HashMap<>();
        drawn.forEach(each -> kept.merge(each.stratum(), 1, Integer::sum));
        List<SampledNote> weighted = new ArrayList<>();
        for (Stratified each : drawn) {
            double weight = (double) seen.applyAsLong(each.stratum()) / kept.get(each.stratum());
            weighted.add(new SampledNote(each.note(), weight, 1));
        }
        weighted.sort(Comparator.comparing(
                        (SampledNote each) -> Draws.lot(seed, each.note().id()))
                .thenComparing(each -> each.note().id()));
        return new FoldedSample(seed, population, weighted.size(), NearDuplicates.folded(weighted));
    }

    /** A note of a stratum. */
    record Stratified(Note note, Stratum stratum) {}

    /** Notes that were looked at. */
    public long population() {
        return population;
    }

    /** A sample of at most so many notes. */
    public NoteSample sample(int most) {
        return new NoteSample(population, drawn, PrioritySample.of(notes, most, seed));
    }

    /** The same, as large as a request with these settings can carry. */
    public NoteSample fitting(int most, DiscoverySettings settings) {
        int wanted = most;
        NoteSample sample = sample(wanted);
        while (size(sample, settings) > DiscoveryRequest.MAX_BYTES) {
            wanted = (int) (Math.min(wanted, sample.notes().size()) * LESS);
            sample = sample(wanted);
        }
        return sample;
    }

    private static int size(NoteSample sample, DiscoverySettings settings) {
        return Json.bytes(DiscoveryRequest.start("", Instant.EPOCH, settings, sample)).length;
    }
}
