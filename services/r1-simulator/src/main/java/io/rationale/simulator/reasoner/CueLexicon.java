package io.rationale.simulator.reasoner;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The cues whose category a prompt lists, found by the word they begin with. */
final class CueLexicon {
    private static final List<Cue> ALL =
            Resources.lines("cues.txt").map(Cue::parse).toList();

    private final Map<String, List<Listed>> byFirstStem = new HashMap<>();

    CueLexicon(List<String> categoryIds) {
        for (Cue cue : ALL) {
            IntStream.range(0, categoryIds.size())
                    .filter(i -> cue.speaksFor(categoryIds.get(i)))
                    .forEach(i -> add(new Listed(cue, i)));
        }
    }

    private void add(Listed listed) {
        for (String stem : listed.cue().steps().getFirst()) {
            byFirstStem.computeIfAbsent(stem, any -> new ArrayList<>()).add(listed);
        }
    }

    /** Adds what the cues find in the clause. */
    void find(Clause clause, List<Hit> hits) {
        List<Word> words = clause.words();
        for (int i = 0; i < words.size(); i++) {
            int from = i;
            for (Listed listed : byFirstStem.getOrDefault(words.get(i).stem(), List.of())) {
                listed.cue().match(words, from).ifPresent(last -> hits.add(listed.hit(words, from, last)));
            }
        }
    }

    private record Listed(Cue cue, int category) {

        Hit hit(List<Word> words, int first, int last) {
            return new Hit(
                    category,
                    cue.phrase(),
                    cue.weight(),
                    words.get(first).start(),
                    words.get(last).end());
        }
    }
}
