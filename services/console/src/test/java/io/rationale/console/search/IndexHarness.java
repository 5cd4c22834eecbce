package io.rationale.console.search;

import io.rationale.core.audit.AuditEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** An index that is fed by hand; every event gets the next offset of partition 0. */
public final class IndexHarness implements AutoCloseable {
    public final NoteIndex index;
    private long offset;

    public IndexHarness(Path directory) throws IOException {
        index = new NoteIndex(directory);
        offset = index.open().offsets().getOrDefault(0, 0L);
    }

    /** How far the index had read when it was opened, or was committed since. */
    public long offset() {
        return offset;
    }

    public IndexHarness decided(AuditEvent... events) throws IOException {
        for (AuditEvent event : events) {
            index.apply(event, new Position(0, offset++));
        }
        index.refresh();
        return this;
    }

    public void commit() throws IOException {
        index.commit(new CommitData("topic", Map.of(0, offset)));
    }

    public <T> T read(Function<NoteSnapshot, T> question) {
        return index.read(question);
    }

    public NotePage page(NoteQuery query, NoteOrder order, int limit, String cursor) {
        return index.read(notes -> notes.page(query, order, limit, cursor));
    }

    public List<String> ids(NoteQuery query) {
        return ids(query, NoteOrder.AGREEMENT);
    }

    public List<String> ids(NoteQuery query, NoteOrder order) {
        return page(query, order, 1_000, null).notes().stream()
                .map(NoteSummary::noteId)
                .toList();
    }

    public List<String> idsPageByPage(NoteQuery query, NoteOrder order, int limit) {
        List<String> ids = new ArrayList<>();
        String cursor = null;
        do {
            NotePage page = page(query, order, limit, cursor);
            page.notes().forEach(note -> ids.add(note.noteId()));
            cursor = page.cursor();
        } while (cursor != null);
        return ids;
    }

    public IndexedNote note(String id) {
        return index.read(notes -> notes.note(id)).orElseThrow();
    }

    @Override
    public void close() {
        try {
            index.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
