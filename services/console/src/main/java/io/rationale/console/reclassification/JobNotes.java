package io.rationale.console.reclassification;

import io.rationale.console.notes.AuditReader;
import io.rationale.console.notes.AuditRecord;
import io.rationale.console.search.IndexedNote;
import io.rationale.console.search.NoteSearch;
import io.rationale.console.search.NoteSelection;
import io.rationale.console.search.Position;
import io.rationale.console.taxonomies.KnownTaxonomies;
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.audit.SourcePosition;
import io.rationale.core.note.Note;
import io.rationale.core.reclassification.ReclassificationJob;
import io.rationale.core.redaction.Redactor;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/**
 * The notes of a job, in the order of their ids: found in the index, read from the audit as they were judged. Not thread
 * safe.
 */
final class JobNotes {
    /** Ids found in one pass over the index. */
    private static final int AHEAD = 5_000;

    /** Times that a piece is read again before what cannot be read is left out. */
    private static final int MOST_FAILURES = 5;

    private static final Logger LOG = Logger.getLogger(JobNotes.class);

    private final NoteSearch search;
    private final AuditReader audit;
    private final KnownTaxonomies taxonomies;
    private final Redactor redactor;
    private final ArrayDeque<String> found = new ArrayDeque<>();
    private String job;
    private String foundTo;
    private boolean foundAll;
    private int failures;

    /** @param redactor takes out what a note of earlier days still holds */
    JobNotes(NoteSearch search, AuditReader audit, KnownTaxonomies taxonomies, Redactor redactor) {
        this.search = search;
        this.audit = audit;
        this.taxonomies = taxonomies;
        this.redactor = redactor;
    }

    /**
     * Some of the notes.
     *
     * @param notes  to be judged
     * @param cursor the id of the last one that was looked at
     * @param isLast whether there are no more
     */
    record Piece(List<AskedNote> notes, String cursor, boolean isLast) {}

    /** How many a job is about, as far as can be said before they are looked at one by one. */
    long count(ReclassificationJob of) {
        return search.read(notes -> notes.count(selection(of)));
    }

    /** The label of a note under the version that the job comes from, or null. */
    String labelBefore(ReclassificationJob of, String noteId) {
        return search.read(notes -> notes.note(noteId))
                .flatMap(note -> note.label(of.selection().from()))
                .map(label -> label.category())
                .orElse(null);
    }

    /** The next notes after the job's cursor, at most so many. */
    Piece after(ReclassificationJob of, int most) {
        String cursor = of.place().cursor();
        find(of, cursor);
        List<String> ids = found.stream().limit(most).toList();
        List<AskedNote> notes = read(of, ids);
        ids.forEach(id -> found.remove());
        foundTo = ids.isEmpty() ? cursor : ids.getLast();
        return new Piece(notes, foundTo, found.isEmpty() && foundAll);
    }

    private void find(ReclassificationJob of, String cursor) {
        boolean isNext = of.id().equals(job) && Objects.equals(foundTo, cursor);
        if (isNext && (!found.isEmpty() || foundAll)) {
            return;
        }
        job = of.id();
        found.clear();
        found.addAll(search.read(notes -> notes.idsAfter(selection(of), cursor, AHEAD)));
        foundAll = found.size() < AHEAD;
    }

    private NoteSelection selection(ReclassificationJob of) {
        return Selections.of(of.selection(), taxonomies.find(of.selection().from()));
    }

    /** Of these those that are part of the job, and can be read. */
    private List<AskedNote> read(ReclassificationJob of, List<String> ids) {
        Map<Integer, TreeMap<Long, String>> places = new TreeMap<>();
        search.read(notes -> {
            for (String id : ids) {
                Optional<IndexedNote> note = notes.indexed(id)
                        .filter(each -> Selections.isPart(
                                each, of.selection(), of.place().cut()));
                note.flatMap(each -> each.shownAt(of.selection().from()))
                        .ifPresent(at -> places.computeIfAbsent(at.partition(), any -> new TreeMap<>())
                                .put(at.offset(), id));
            }
            return null;
        });
        Map<Position, AskedNote> read = new HashMap<>();
        places.forEach((partition, offsets) ->
                audit.read(partition, offsets.keySet().stream().mapToLong(Long::longValue), record -> asked(of, record)
                        .ifPresent(note -> read.put(new Position(partition, record.offset()), note))));
        int wanted = places.values().stream().mapToInt(Map::size).sum();
        if (read.size() < wanted && ++failures <= MOST_FAILURES) {
            throw new IllegalStateException(
                    (wanted - read.size()) + " notes of " + wanted + " cannot be read from the audit now");
        }
        if (read.size() < wanted) {
            LOG.warnf("Notes are not in the audit any more and are left out notes=%d", wanted - read.size());
        }
        failures = 0;
        return List.copyOf(read.values());
    }

    private Optional<AskedNote> asked(ReclassificationJob of, AuditRecord record) {
        return switch (record.event()) {
            case AuditEvent.Classified classified -> Optional.of(asked(of, classified.note(), classified.position()));
            case AuditEvent.Unclassifiable failed -> Optional.of(asked(of, failed.note(), failed.position()));
            case AuditEvent.Reviewed reviewed -> Optional.empty();
            case AuditEvent.Erased erased -> Optional.empty();
        };
    }

    private AskedNote asked(ReclassificationJob of, Note note, SourcePosition position) {
        Instant firstSeen = position.timestamp();
        return new AskedNote(of.id(), of.taxonomy(), redactor.note(note), firstSeen);
    }
}
