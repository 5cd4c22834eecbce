package io.rationale.simulator.reasoner;

import java.util.List;

/** An exact substring of a note's text, and its words. */
record Clause(String text, List<Word> words) {

    Clause {
        words = List.copyOf(words);
    }

    static Clause of(String text) {
        return new Clause(text, Words.of(text));
    }

    String surface(Hit hit) {
        return text.substring(hit.start(), hit.end());
    }
}
