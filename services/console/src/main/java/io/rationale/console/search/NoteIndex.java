package io.rationale.console.search;

import io.rationale.console.statistics.StoresUnavailableException;
import io.rationale.core.audit.AuditEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.AlreadyClosedException;

/**
 * The index: a document a note. One thread writes: {@link #open}, {@link #apply}, {@link #refresh}, {@link #commit},
 * {@link #forget}, {@link #close}; any thread reads what was there at the last refresh.
 */
public final class NoteIndex implements AutoCloseable {
    /** Characters of the notes written since the last refresh, which are held in memory. */
    private static final long MOST_RECENT_CHARACTERS = 8_000_000;

    private static final int MOST_RECENT = 10_000;

    private final IndexDirectory directory;
    private final LuceneQueries queries = new LuceneQueries();
    /** Notes that no searcher sees yet: the next event of such a note builds on them. */
    private final Map<String, IndexedNote> recent = new HashMap<>();

    private long recentCharacters;
    private IndexSearcher lookedUp;
    private IdLookup ids;
    private StoredFields stored;
    private boolean damaged;
    private boolean isPurgeDue;
    private volatile OpenIndex open;

    /** @param path the index's own folder */
    public NoteIndex(Path path) {
        this.directory = new IndexDirectory(path);
    }

    /**
     * Opens the index at its last commit; one that cannot be used is built anew.
     *
     * @return how far it has read
     */
    CommitData open() throws IOException {
        release();
        OpenIndex opened = directory.open(damaged);
        damaged = false;
        open = opened;
        look(opened);
        return opened.committed();
    }

    /** Has the next {@link #open} begin anew when that fault of an open index is damage. */
    void failed(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            damaged |= IndexDirectory.isDamageInUse(cause);
        }
    }

    /** Throws everything away and begins with an empty index. */
    void reset() throws IOException {
        open.writer().deleteAll();
        commit(CommitData.NONE);
        refresh();
    }

    /**
     * Brings a note up to date. An event that is in already changes nothing.
     *
     * @return whether it was new
     */
    boolean apply(AuditEvent event, Position at) throws IOException {
        IndexedNote before = current(event.noteId());
        boolean isNothing =
                event instanceof AuditEvent.Erased && before.history().isEmpty();
        if (before.holds(at) || isNothing) {
            return false;
        }
        IndexedNote after = before.with(event, at);
        open.writer().updateDocument(NoteDocuments.idOf(after.noteId()), NoteDocuments.of(after));
        recent.put(after.noteId(), after);
        recentCharacters += after.texts().stream().mapToInt(String::length).sum();
        isPurgeDue |= event instanceof AuditEvent.Erased;
        return true;
    }

    private IndexedNote current(String noteId) throws IOException {
        IndexedNote written = recent.get(noteId);
        if (written != null) {
            return written;
        }
        OptionalInt doc = ids.find(noteId);
        return doc.isPresent() ? NoteDocuments.read(stored.document(doc.getAsInt())) : IndexedNote.unseen(noteId);
    }

    /** Whether so much was written since the last refresh that it should not wait. */
    boolean isFull() {
        return recentCharacters > MOST_RECENT_CHARACTERS || recent.size() >= MOST_RECENT;
    }

    /** Lets everybody see what was written. */
    void refresh() throws IOException {
        OpenIndex index = open;
        index.searchers().maybeRefreshBlocking();
        look(index);
    }

    private void look(OpenIndex index) throws IOException {
        IndexSearcher newest = index.searchers().acquire();
        if (lookedUp != null) {
            index.searchers().release(lookedUp);
        }
        lookedUp = newest;
        ids = new IdLookup(newest.getIndexReader());
        stored = newest.storedFields();
        recent.clear();
        recentCharacters = 0;
    }

    /** Writes to disk what was written so far, with how far it was read: both or neither. */
    void commit(CommitData read) throws IOException {
        if (isPurgeDue) {
            // Else erased words stay in the files until segments happen to be merged.
            open.writer().forceMergeDeletes(true);
            isPurgeDue = false;
        }
        open.writer().setLiveCommitData(read.toMap().entrySet());
        open.writer().commit();
    }

    /** Drops the notes about which nothing was decided since then; from the files, too, as soon as these are merged. */
    void forget(Instant before) throws IOException {
        Query old = LongPoint.newRangeQuery(Fields.DECIDED, Long.MIN_VALUE, NoteDocuments.millis(before) - 1);
        boolean isAny = lookedUp.count(old) > 0;
        open.writer().deleteDocuments(old);
        if (isAny) {
            open.writer().forceMergeDeletes(false);
        }
    }

    /**
     * Reads from one snapshot.
     *
     * @throws StoresUnavailableException while the index is not open
     */
    public <T> T read(Function<NoteSnapshot, T> question) {
        OpenIndex index = open;
        if (index == null) {
            throw new StoresUnavailableException("The search index is being opened.");
        }
        try {
            return read(index.searchers(), question);
        } catch (AlreadyClosedException e) {
            throw new StoresUnavailableException("The search index is being opened anew.", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <T> T read(SearcherManager searchers, Function<NoteSnapshot, T> question) throws IOException {
        IndexSearcher searcher = searchers.acquire();
        try {
            return question.apply(new NoteSnapshot(searcher, queries));
        } finally {
            searchers.release(searcher);
        }
    }

    /** Lets go of what was not committed. */
    private void release() throws IOException {
        OpenIndex index = open;
        open = null;
        if (index != null) {
            if (lookedUp != null) {
                index.searchers().release(lookedUp);
                lookedUp = null;
            }
            index.close();
        }
    }

    @Override
    public void close() throws IOException {
        release();
    }
}
