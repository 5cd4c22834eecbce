package io.rationale.console.export;

import io.rationale.console.notes.AuditReader;
import io.rationale.console.search.IndexedNote;
import io.rationale.console.search.NoteQuery;
import io.rationale.console.search.NoteSearch;
import io.rationale.console.search.NoteSnapshot;
import io.rationale.console.search.ShownNotes;
import io.rationale.console.statistics.StoresUnavailableException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

/**
 * Writes one row a note, in the order in which the audit holds the decisions: partition, then offset. Memory does not
 * grow with what is written but for 24 bytes a note. Thread safe.
 */
public final class VerdictExport {
    private static final int MOST_AT_A_TIME = 2;
    private static final int BUFFER_BYTES = 64 * 1024;

    private final NoteSearch notes;
    private final AuditReader audit;
    private final Semaphore running = new Semaphore(MOST_AT_A_TIME);

    public VerdictExport(NoteSearch notes, AuditReader audit) {
        this.notes = notes;
        this.audit = audit;
    }

    /** @throws StoresUnavailableException while the notes are being indexed, or too many exports run */
    public void check() {
        notes.read(snapshot -> null);
        if (running.availablePermits() == 0) {
            throw busy();
        }
    }

    private static StoresUnavailableException busy() {
        return new StoresUnavailableException("As many exports as may run at a time are running: try again later.");
    }

    /**
     * Writes the notes of a query; leaves the stream open.
     *
     * @throws IOException when the stream takes no more, which ends the export
     */
    public void write(NoteQuery query, ExportFormat format, OutputStream out) throws IOException {
        if (!running.tryAcquire()) {
            throw busy();
        }
        try (Rows rows = format.open(new BufferedOutputStream(out, BUFFER_BYTES))) {
            notes.read(snapshot -> {
                write(snapshot, query, rows);
                return null;
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            running.release();
        }
    }

    private void write(NoteSnapshot snapshot, NoteQuery query, Rows rows) {
        ShownNotes shown = snapshot.shown(query);
        for (int from = 0; from < shown.size(); ) {
            int to = shown.endOfPartition(from);
            new Partition(snapshot, query, shown, rows, from).write(to);
            from = to;
        }
    }

    /** The notes of one partition; its records come in the order of the notes. */
    private final class Partition {
        private final NoteSnapshot snapshot;
        private final NoteQuery query;
        private final ShownNotes shown;
        private final Rows rows;
        private int next;

        Partition(NoteSnapshot snapshot, NoteQuery query, ShownNotes shown, Rows rows, int first) {
            this.snapshot = snapshot;
            this.query = query;
            this.shown = shown;
            this.rows = rows;
            this.next = first;
        }

        void write(int to) {
            audit.read(
                    shown.position(next).partition(),
                    IntStream.range(next, to).mapToLong(i -> shown.position(i).offset()),
                    found -> {
                        while (shown.position(next).offset() < found.offset()) {
                            next++;
                        }
                        IndexedNote note = snapshot.note(shown, next);
                        note.label(query.taxonomy()).ifPresent(label -> add(VerdictRow.of(note, label, found)));
                    });
        }

        private void add(VerdictRow row) {
            try {
                rows.write(row);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
