package io.rationale.classifier.classify;

import io.rationale.classifier.work.Decision;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of a call: each of its notes stands in exactly one of the lists.
 *
 * @param decided notes with their decisions
 * @param doubted notes that are to be sampled again, together with others
 * @param again   notes to be asked about again as they stand here: alone, or as half of a batch that failed
 */
record CallResult(List<Decided> decided, List<PendingNote> doubted, List<List<PendingNote>> again) {
    record Decided(PendingNote note, Decision decision) {}

    CallResult() {
        this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    void decide(PendingNote note, Decision decision) {
        decided.add(new Decided(note, decision));
    }
}
