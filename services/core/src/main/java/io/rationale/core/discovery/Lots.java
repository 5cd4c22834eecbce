package io.rationale.core.discovery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Draws from a stream of any length in bounded memory, without knowing its end. Each gets a lot by seed and id, and the
 * lowest lots are kept, beside the lowest few of each stratum. As lots know nothing of strata, what is kept of a stratum is
 * a simple random sample of it. Not thread safe.
 *
 * @param <T> what is kept of a note
 */
final class Lots<T> {
    private final long seed;
    private final SampleDrawing.Limits limits;
    private final ToLongFunction<T> bytesOf;
    private final Map<Stratum, Kept<T>> strata = new LinkedHashMap<>();
    private final PriorityQueue<Drawn<T>> lowest = highestFirst();
    private long bytes;
    private long population;

    /**
     * One that was drawn.
     *
     * @param isOfStratum whether it is one of its stratum's lowest few
     */
    record Drawn<T>(String id, T item, long lot, Stratum stratum, boolean isOfStratum) {}

    /** A stratum: how many were seen of it, and its lowest lots. */
    private static final class Kept<T> {
        private final PriorityQueue<Drawn<T>> lowest = highestFirst();
        private long seen;
    }

    /** @param bytesOf what an item takes, about */
    Lots(long seed, SampleDrawing.Limits limits, ToLongFunction<T> bytesOf) {
        this.seed = seed;
        this.limits = limits;
        this.bytesOf = bytesOf;
    }

    /** Looks at one. @param item asked for only when it is kept */
    void add(String id, Stratum of, Supplier<T> item) {
        population++;
        Stratum stratum = known(of);
        Kept<T> kept = strata.computeIfAbsent(stratum, any -> new Kept<>());
        kept.seen++;
        long lot = Draws.lot(seed, id);
        boolean isLow = lowest.size() < limits.notes() && !isFull()
                || lot < lowest.peek().lot();
        boolean isLowInStratum = kept.lowest.size() < limits.perStratum()
                || !kept.lowest.isEmpty() && lot < kept.lowest.peek().lot();
        if (isLow || isLowInStratum) {
            Drawn<T> drawn = new Drawn<>(id, item.get(), lot, stratum, false);
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

    /** How many were looked at. */
    long population() {
        return population;
    }

    /** How many of that stratum were looked at. */
    long seen(Stratum stratum) {
        return strata.get(stratum).seen;
    }

    /** What is kept, each id once, by lot and id. */
    List<Drawn<T>> drawn() {
        Map<String, Drawn<T>> drawn = new HashMap<>();
        lowest.forEach(each -> drawn.put(each.id(), each));
        strata.values()
                .forEach(kept -> kept.lowest.forEach(each ->
                        drawn.put(each.id(), new Drawn<>(each.id(), each.item(), each.lot(), each.stratum(), true))));
        List<Drawn<T>> byLot = new ArrayList<>(drawn.values());
        byLot.sort(Comparator.comparingLong((Drawn<T> each) -> each.lot()).thenComparing(Drawn::id));
        return byLot;
    }

    private Stratum known(Stratum stratum) {
        return strata.containsKey(stratum) || strata.size() < limits.strata() ? stratum : Stratum.REST;
    }

    private void keep(Drawn<T> drawn) {
        lowest.add(drawn);
        bytes += bytesOf.applyAsLong(drawn.item());
        while (lowest.size() > limits.notes() || lowest.size() > 1 && isFull()) {
            bytes -= bytesOf.applyAsLong(lowest.remove().item());
        }
    }

    private boolean isFull() {
        return !lowest.isEmpty() && bytes > limits.bytes();
    }

    private static <T> PriorityQueue<Drawn<T>> highestFirst() {
        return new PriorityQueue<>(
                Comparator.comparingLong((Drawn<T> each) -> each.lot()).reversed());
    }
}
