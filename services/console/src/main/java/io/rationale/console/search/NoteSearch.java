package io.rationale.console.search;

import io.rationale.console.statistics.StoresUnavailableException;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.Function;

/** Answers from the index once it holds everything that was in the audit at the start. Thread safe. */
public final class NoteSearch {
    private final NoteIndex index;
    private final BooleanSupplier loaded;
    private final DoubleSupplier progress;

    /**
     * @param loaded   whether the index holds everything that was in the audit at the start
     * @param progress how much of that, 0 to 1
     */
    public NoteSearch(NoteIndex index, BooleanSupplier loaded, DoubleSupplier progress) {
        this.index = index;
        this.loaded = loaded;
        this.progress = progress;
    }

    /**
     * Reads from one snapshot.
     *
     * @throws StoresUnavailableException while the index is being read, which would make answers incomplete
     */
    public <T> T read(Function<NoteSnapshot, T> question) {
        if (!loaded.getAsBoolean()) {
            String read = String.format(Locale.ROOT, "%.0f %%", 100 * progress.getAsDouble());
            throw new StoresUnavailableException("The notes are being indexed: " + read + " of the audit is read.");
        }
        return index.read(question);
    }
}
