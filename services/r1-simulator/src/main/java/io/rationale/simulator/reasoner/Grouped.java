package io.rationale.simulator.reasoner;

import java.util.List;

/**
 * Notes that share a word.
 *
 * @param word    as most of them write it
 * @param beside  other words that several of them use, most frequent first
 * @param members at least two
 */
record Grouped(String word, List<String> beside, List<Member> members) {
    Grouped {
        beside = List.copyOf(beside);
        members = List.copyOf(members);
    }

    /**
     * @param id    of the note
     * @param quote the clause of it that has the word
     */
    record Member(String id, String quote) {}

    String name() {
        String first = word.substring(0, word.offsetByCodePoints(0, 1)).toUpperCase(java.util.Locale.ROOT)
                + word.substring(word.offsetByCodePoints(0, 1));
        return beside.isEmpty() ? first : first + " and " + beside.getFirst();
    }
}
