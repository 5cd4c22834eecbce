package io.rationale.simulator.reasoner;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A phrase that people use for one kind of failure.
 *
 * @param phrase   as the lexicon writes it
 * @param steps    the stems that may stand at each place; an empty set stands for up to four words of any kind
 * @param weight   how much it speaks for the category
 * @param category the beginning of the ids it speaks for
 */
record Cue(String phrase, List<Set<String>> steps, double weight, String category) {
    private static final String GAP = "..";
    private static final int WIDEST_GAP = 4;

    Cue {
        steps = List.copyOf(steps);
    }

    /** Reads {@code phrase => weight category}; in the phrase, {@code a|b} is a choice and {@code ..} a gap. */
    static Cue parse(String line) {
        String[] sides = line.split("=>");
        String[] right = sides[1].strip().split("\\s+");
        String phrase = sides[0].strip();
        List<Set<String>> steps = new ArrayList<>();
        for (String step : phrase.split("\\s+")) {
            steps.add(step.equals(GAP) ? Set.of() : stems(step));
        }
        return new Cue(phrase, steps, Double.parseDouble(right[0]), right[1]);
    }

    private static Set<String> stems(String step) {
        return Arrays.stream(step.split("\\|")).map(Cue::stem).collect(Collectors.toUnmodifiableSet());
    }

    private static String stem(String word) {
        List<Word> words = Words.of(word);
        if (words.size() != 1) {
            throw new IllegalArgumentException("A step of a cue must be one word, without a negation: " + word);
        }
        return words.getFirst().stem();
    }

    boolean speaksFor(String categoryId) {
        return CategoryIds.begins(categoryId, category);
    }

    /** The position of the last word where the cue begins at {@code from}. */
    OptionalInt match(List<Word> words, int from) {
        return match(words, from, 0);
    }

    private OptionalInt match(List<Word> words, int at, int step) {
        if (step == steps.size()) {
            return OptionalInt.of(at - 1);
        }
        if (steps.get(step).isEmpty()) {
            return matchAfterGap(words, at, step + 1);
        }
        boolean fits =
                at < words.size() && steps.get(step).contains(words.get(at).stem());
        return fits ? match(words, at + 1, step + 1) : OptionalInt.empty();
    }

    private OptionalInt matchAfterGap(List<Word> words, int at, int step) {
        for (int skipped = 0; skipped <= WIDEST_GAP; skipped++) {
            OptionalInt last = match(words, at + skipped, step);
            if (last.isPresent()) {
                return last;
            }
        }
        return OptionalInt.empty();
    }
}
