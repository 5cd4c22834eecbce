package io.rationale.core.discovery;

import io.rationale.core.note.Note;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Draws like {@link SampleDrawing} where notes are kept elsewhere: first only by what an index knows of each, then the
 * drawn ones are read, lowest lots first, until as many bytes are there as may be kept. Not thread safe.
 *
 * @param <P> where a note is kept
 */
public final class PlaceDrawing<P> {
    private static final int READ_AT_ONCE = 256;

    private final long seed;
    private final SampleDrawing.Limits limits;
    private final Lots<P> lots;

    /** @param seed of the sample */
    public PlaceDrawing(long seed, SampleDrawing.Limits limits) {
        this.seed = seed;
        this.limits = limits;
        this.lots = new Lots<>(seed, limits, any -> 0);
    }

    /**
     * Looks at a note.
     *
     * @param category  what it is labelled as now, or null
     * @param agreement share of the votes for that label, or null
     * @param place     where it is kept
     */
    public void add(String noteId, String source, Instant at, String category, Double agreement, P place) {
        lots.add(noteId, Stratum.of(source, at, category, agreement, limits.slice()), () -> place);
    }

    /** How many notes were looked at. */
    public long population() {
        return lots.population();
    }

    /**
     * Reads the drawn ones.
     *
     * @param reading gives the notes at these places, as far as they are still there
     */
    public FoldedSample read(Function<List<P>, Map<P, Note>> reading) {
        List<Lots.Drawn<P>> drawn = lots.drawn();
        List<FoldedSample.Stratified> read = new ArrayList<>();
        long bytes = 0;
        for (int from = 0; from < drawn.size(); from += READ_AT_ONCE) {
            boolean isFull = bytes > limits.bytes();
            List<Lots.Drawn<P>> wanted = drawn.subList(from, Math.min(from + READ_AT_ONCE, drawn.size())).stream()
                    .filter(each -> !isFull || each.isOfStratum())
                    .toList();
            Map<P, Note> notes =
                    reading.apply(wanted.stream().map(Lots.Drawn::item).toList());
            for (Lots.Drawn<P> each : wanted) {
                Note note = notes.get(each.item());
                if (note != null) {
                    Note brief = BriefNote.of(note);
                    bytes += BriefNote.bytes(brief);
                    read.add(new FoldedSample.Stratified(brief, each.stratum()));
                }
            }
        }
        return FoldedSample.of(seed, lots.population(), read, lots::seen);
    }
}
