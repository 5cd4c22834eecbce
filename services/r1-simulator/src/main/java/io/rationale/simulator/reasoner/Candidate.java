package io.rationale.simulator.reasoner;

import io.rationale.simulator.prompt.ListedCategory;
import java.util.List;

/**
 * A category that was considered for a note.
 *
 * @param score all that spoke for it
 * @param words the strongest of the words that did, as the note writes them; empty where none did
 */
record Candidate(ListedCategory category, double score, List<String> words) {

    Candidate {
        words = List.copyOf(words);
    }

    String id() {
        return category.id();
    }
}
