package io.rationale.console.discovery;

import io.rationale.console.notes.AuditReader;
import io.rationale.console.search.NoteSearch;
import io.rationale.console.search.Position;
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.discovery.FoldedSample;
import io.rationale.core.discovery.PlaceDrawing;
import io.rationale.core.discovery.SampleDrawing;
import io.rationale.core.note.Note;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongConsumer;

/**
 * Draws samples from all notes that the console knows: by columns of the index, one pass whatever their number; only the
 * drawn ones are read from the audit, as they were judged. Thread safe.
 */
final class IndexSample {
    private final NoteSearch notes;
    private final AuditReader audit;

    IndexSample(NoteSearch notes, AuditReader audit) {
        this.notes = notes;
        this.audit = audit;
    }

    /** Notes that are asked for. */
    long count(DiscoveryForm form) {
        return notes.read(
                snapshot -> form.judgedOnly() ? snapshot.count(form.query()) : snapshot.countSeen(form.query()));
    }

    /**
     * The sample.
     *
     * @param looked hears how many notes were looked at; what it throws ends the drawing
     */
    FoldedSample draw(DiscoveryForm form, LongConsumer looked) {
        PlaceDrawing<Position> drawing =
                new PlaceDrawing<>(form.settings().seed(), SampleDrawing.Limits.forNotes(form.notes()));
        notes.read(snapshot -> {
            snapshot.population(form.query(), form.judgedOnly(), (id, source, at, category, agreement, shown) -> {
                drawing.add(id, source, at, category, agreement, shown);
                looked.accept(drawing.population());
            });
            return null;
        });
        return drawing.read(places -> {
            looked.accept(drawing.population());
            return read(places);
        });
    }

    private Map<Position, Note> read(List<Position> places) {
        Map<Integer, TreeSet<Long>> offsets = new TreeMap<>();
        places.forEach(each -> offsets.computeIfAbsent(each.partition(), any -> new TreeSet<>())
                .add(each.offset()));
        Map<Position, Note> read = new HashMap<>();
        offsets.forEach((partition, of) -> audit.read(partition, of.stream().mapToLong(Long::longValue), found -> {
            Note note = noteOf(found.event());
            if (note != null) {
                read.put(new Position(found.partition(), found.offset()), note);
            }
        }));
        return read;
    }

    private static Note noteOf(AuditEvent event) {
        return switch (event) {
            case AuditEvent.Classified classified -> classified.note();
            case AuditEvent.Unclassifiable failure -> failure.note();
            case AuditEvent.Reviewed review -> null;
            case AuditEvent.Erased erased -> null;
        };
    }
}
