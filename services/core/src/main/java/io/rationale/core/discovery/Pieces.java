package io.rationale.core.discovery;

import io.rationale.core.prompt.PromptBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Cuts a sample into prompts: by notes and by estimated tokens, in pieces of about the same size. */
final class Pieces {
    private Pieces() {}

    /** The same notes in the order of that run; the same for the same seed. */
    static List<SampledNote> shuffled(List<SampledNote> notes, long seed, int run) {
        List<SampledNote> shuffled = new ArrayList<>(notes);
        Collections.shuffle(shuffled, new Random(seed * 1_000_003 + run));
        return shuffled;
    }

    /** The notes in order, each once; a note that is longer than the budget stands alone. */
    static List<List<SampledNote>> cut(List<SampledNote> notes, int mostNotes, int mostTokens) {
        long all = notes.stream()
                .mapToLong(note -> PromptBuilder.tokensOf(note.note()))
                .sum();
        long pieces = Math.max(ceil(notes.size(), mostNotes), ceil(all, mostTokens));
        long fairShare = Math.max(1, ceil(notes.size(), Math.max(1, pieces)));
        List<List<SampledNote>> cut = new ArrayList<>();
        List<SampledNote> open = new ArrayList<>();
        long tokens = 0;
        for (SampledNote note : notes) {
            int more = PromptBuilder.tokensOf(note.note());
            if (!open.isEmpty() && (open.size() >= fairShare || tokens + more > mostTokens)) {
                cut.add(List.copyOf(open));
                open.clear();
                tokens = 0;
            }
            open.add(note);
            tokens += more;
        }
        if (!open.isEmpty()) {
            cut.add(List.copyOf(open));
        }
        return cut;
    }

    private static long ceil(long amount, long by) {
        return (amount + by - 1) / by;
    }
}
