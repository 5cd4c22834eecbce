package io.rationale.console.search;

import io.rationale.console.statistics.StoresUnavailableException;
import java.util.Locale;
import java.util.function.Function;

/** Answers from the index once it holds everything that was in the audit at the start. Thread safe. */
public final class NoteSearch {
    private final NoteIndex index;
    private final AuditIndexer indexer;

    public NoteSearch(NoteIndex index, AuditIndexer indexer) {
        this.index = index;
        this.indexer = indexer;
    }

    /**
     * Reads from one snapshot.
     *
     * @throws StoresUnavailableException while the index is being read, which would make answers incomplete
     */
    public <T> T read(Function<NoteSnapshot, T> question) {
        if (!indexer.loaded()) {
            String read = String.format(Locale.ROOT, "%.0f %%", 100 * indexer.progress());
            throw new StoresUnavailableException("The notes are being indexed: " + read + " of the audit is read.");
        }
        return index.read(question);
    }
}
