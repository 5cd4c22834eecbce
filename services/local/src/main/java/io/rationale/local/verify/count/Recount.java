package io.rationale.local.verify.count;

import io.rationale.core.audit.AuditEvent;
import io.rationale.core.r1.Usage;
import io.rationale.core.seal.ChainEvent;
import io.rationale.core.seal.Published;
import io.rationale.core.seal.PublishedDigest;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Counts one partition of the audit once more, as the console says that it counts: each note under each version by its
 * latest review, else its latest verdict. Events go to disk first ({@link Spill}), so that memory does not grow with them.
 * Used by one thread.
 */
public final class Recount implements AutoCloseable {
    /** Links whose statistics are recounted; of more of them every second, fourth … one. */
    private static final int MOST_LINKS = 512;

    private final Names names;
    private final Set<String> dimensions;
    private final long counted;
    private final Spill spill = new Spill();
    private final Map<Cell, Amounts> cells = new HashMap<>();
    /** What each interval between two sealed statistics changed, by its end. */
    private final NavigableMap<Long, Map<Cell, Long>> changes = new TreeMap<>();

    private long events;
    private long replacements;
    private boolean isWhole;

    /** Hears what does not hold. */
    public interface Listener {
        /** A review says what stood before it, or not. */
        void review(long offset, boolean follows);

        /** What a review follows on is not there any more. */
        void unknown();

        /** A published count is the recounted one, or not; the offset is that of what is published, -1 for none. */
        void count(long offset, boolean isSame, String sentence);
    }

    /**
     * @param names     shared with what was published
     * @param published whose dimensions are counted
     * @param counted   offset of the audit before which everything is published, and nothing from it on
     */
    public Recount(Names names, PublishedStatistics published, long counted) {
        this.names = names;
        this.dimensions = published.dimensions();
        this.counted = counted;
    }

    /** Takes the next event of the partition. */
    public void add(AuditEvent event, long offset) {
        spill.add(Facts.of(event, offset, names, dimensions));
        events++;
    }

    /** Takes what an erasure left of the next event. */
    public void addReplacement(AuditEvent event, long offset) {
        add(event, offset);
        replacements++;
    }

    /** How many events were left by erasures with what counts need. */
    public long replacements() {
        return replacements;
    }

    /**
     * Counts and compares.
     *
     * @param published    of this partition; empty when it is not to be compared
     * @param links        that say what was published when they were sealed
     * @param isWhole      whether no event is missing, so that a recount has a meaning
     * @param isComparable whether what was published is known, and a recount has a meaning
     */
    public void compare(
            PublishedStatistics published,
            int partition,
            List<ChainEvent.Sealed> links,
            boolean isWhole,
            boolean isComparable,
            Listener listener) {
        this.isWhole = isWhole;
        List<ChainEvent.Sealed> compared = isComparable ? thinned(links) : List.of();
        compared.forEach(link -> changes.put(link.published().counted(), new HashMap<>()));
        for (int file = 0; file < Spill.FILES && events > 0; file++) {
            count(file, listener);
        }
        if (isComparable) {
            compareWith(published.of(partition), listener);
            comparePublished(compared, listener);
        }
    }

    private static List<ChainEvent.Sealed> thinned(List<ChainEvent.Sealed> links) {
        int step = links.size() / MOST_LINKS + 1;
        List<ChainEvent.Sealed> kept = new ArrayList<>();
        for (int i = links.size() - 1; i >= 0; i -= step) {
            kept.addFirst(links.get(i));
        }
        return kept;
    }

    private void count(int file, Listener listener) {
        Map<Facts.Id, NoteHistory> histories = new HashMap<>();
        boolean[] isBehind = new boolean[1];
        spill.read(file, facts -> {
            if (facts.offset() >= counted && !isBehind[0]) {
                isBehind[0] = true;
                histories.values().forEach(this::place);
            }
            take(facts, histories.computeIfAbsent(facts.note(), any -> new NoteHistory()), listener);
        });
        if (!isBehind[0]) {
            histories.values().forEach(this::place);
        }
    }

    private void take(Facts facts, NoteHistory history, Listener listener) {
        Map.Entry<Long, Map<Cell, Long>> interval = changes.higherEntry(facts.offset());
        if (interval != null) {
            total(history, -1, interval.getValue());
        }
        boolean isKnown = isWhole || history.knows(facts.taxonomy());
        boolean follows = history.take(facts);
        if (interval != null) {
            total(history, 1, interval.getValue());
        }
        if (facts.kind() == Facts.Kind.REVIEWED && !isKnown) {
            listener.unknown();
        } else if (facts.kind() == Facts.Kind.REVIEWED) {
            listener.review(facts.offset(), follows);
        }
    }

    /** What the note adds over all time. */
    private static void total(NoteHistory history, long sign, Map<Cell, Long> totals) {
        if (!history.isSeen()) {
            return;
        }
        totals.merge(totalOf(Names.NONE, Names.NONE), sign, Long::sum);
        history.versions()
                .forEach(version -> totals.merge(totalOf(version.taxonomy(), version.label()), sign, Long::sum));
    }

    private static Cell totalOf(int taxonomy, int category) {
        return new Cell(taxonomy, category, Names.NONE, Names.NONE, Names.NONE, Names.NONE, Cell.OLDER);
    }

    private void place(NoteHistory note) {
        if (!note.isSeen()) {
            return;
        }
        int day = Cell.dayOf(note.minute());
        amounts(new Cell(Names.NONE, Names.NONE, note.source(), Names.NONE, Names.NONE, Names.NONE, day))
                .add(0, Usage.NONE);
        for (NoteHistory.Version version : note.versions()) {
            place(note, version, Names.NONE, Names.NONE, day);
            note.labels().forEach((dimension, value) -> place(note, version, dimension, value, day));
        }
    }

    private void place(NoteHistory note, NoteHistory.Version version, int dimension, int value, int day) {
        Cell cell = new Cell(version.taxonomy(), version.label(), note.source(), dimension, value, Names.NONE, day);
        amounts(cell).add(version.standing(), version.usage());
        if (version.judgedBy() != Names.NONE) {
            amounts(cell.by(version.judgedBy())).add(1);
        }
    }

    private Amounts amounts(Cell cell) {
        return cells.computeIfAbsent(cell, any -> new Amounts());
    }

    /** Days that are not published any more count in what has no time. */
    private void compareWith(Map<Cell, Amounts> published, Listener listener) {
        Map<Cell, Amounts> older = new HashMap<>();
        Set<Cell> open = new HashSet<>(published.keySet());
        cells.forEach((cell, recounted) -> {
            Amounts told = published.get(cell);
            if (told == null) {
                older.computeIfAbsent(cell.on(Cell.OLDER), any -> new Amounts()).add(recounted);
            } else {
                open.remove(cell);
                compare(cell, told, recounted, listener);
            }
        });
        older.forEach((cell, recounted) -> {
            open.remove(cell);
            compare(cell, published.getOrDefault(cell, new Amounts()), recounted, listener);
        });
        open.forEach(cell -> compare(cell, published.get(cell), new Amounts(), listener));
    }

    private void compare(Cell cell, Amounts told, Amounts recounted, Listener listener) {
        // A label that was named as a dimension later counts notes that were judged from then on.
        boolean isSame = cell.dimension() == Names.NONE
                ? told.isSame(recounted)
                : told.notes() >= 0 && told.notes() <= recounted.notes();
        listener.count(told.offset(), isSame, isSame ? "" : sentence(cell, told.notes(), recounted.notes()));
    }

    private String sentence(Cell cell, long told, long recounted) {
        String what = cell.taxonomy() == Names.NONE
                ? "all notes"
                : (cell.category() == Names.NONE ? "undecided notes" : "'" + plain(cell.category()) + "'") + " under "
                        + plain(cell.taxonomy());
        String when = cell.day() == Cell.OLDER ? "without a time" : "of " + LocalDate.ofEpochDay(cell.day());
        return "The published count of " + what + " " + when + " is " + told + " and the audit comes to " + recounted
                + (told == recounted ? ", with other sums of agreement or tokens." : ".");
    }

    private String plain(int name) {
        return String.valueOf(names.name(name)).replaceAll("[^\\p{L}\\p{N} @._/-]", "?");
    }

    private void comparePublished(List<ChainEvent.Sealed> links, Listener listener) {
        Map<Cell, Long> totals = new HashMap<>();
        long done = -1;
        for (ChainEvent.Sealed link : links) {
            long at = link.published().counted();
            if (at < done || at > counted) {
                continue;
            }
            changes.subMap(done, false, at, true)
                    .values()
                    .forEach(change -> change.forEach((cell, notes) -> totals.merge(cell, notes, Long::sum)));
            done = at;
            boolean isSame = published(totals, at).equals(link.published());
            listener.count(
                    -1,
                    isSame,
                    isSame
                            ? ""
                            : "Link " + link.sequence() + " says that the statistics counted otherwise at offset " + at
                                    + " than the audit does.");
        }
    }

    private Published published(Map<Cell, Long> totals, long at) {
        PublishedDigest digest = new PublishedDigest();
        totals.forEach((cell, notes) -> {
            if (cell.taxonomy() != Names.NONE) {
                digest.add((TaxonomyRef) names.name(cell.taxonomy()), (String) names.name(cell.category()), notes);
            }
        });
        return digest.seal(at, totals.getOrDefault(totalOf(Names.NONE, Names.NONE), 0L));
    }

    @Override
    public void close() {
        spill.close();
    }
}
