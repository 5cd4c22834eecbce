package io.rationale.console.search;

import io.rationale.core.statistics.CategoryTable.Example;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Takes quotes from the best down, passing over those that say what a taken one says. Used by one thread. */
final class DiverseQuotes {
    /** Share of the words of both that two quotes may have in common (Jaccard index). */
    static final double MOST_IN_COMMON = 0.5;

    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

    private final int wanted;
    private final List<Candidate> taken = new ArrayList<>();
    private final List<Candidate> alike = new ArrayList<>();
    private final Set<String> texts = new HashSet<>();
    private int seen;

    /** A quote with its rank. */
    private record Candidate(int rank, Example example, Set<String> words) {}

    DiverseQuotes(int wanted) {
        this.wanted = wanted;
    }

    /** Whether no further quote could change the choice. */
    boolean isFull() {
        return taken.size() >= wanted;
    }

    /** The next best quote. */
    void add(Example example) {
        int rank = seen++;
        if (isFull() || !texts.add(essence(example.quote()))) {
            return;
        }
        Candidate candidate = new Candidate(rank, example, words(example.quote()));
        boolean repeats =
                taken.stream().anyMatch(other -> inCommon(candidate.words(), other.words()) >= MOST_IN_COMMON);
        if (!repeats) {
            taken.add(candidate);
        } else if (alike.size() < wanted) {
            alike.add(candidate);
        }
    }

    /** The quotes, the best first. */
    List<Example> chosen() {
        Stream<Candidate> filled = alike.stream().limit(Math.max(0, wanted - taken.size()));
        return Stream.concat(taken.stream(), filled)
                .sorted(Comparator.comparingInt(Candidate::rank))
                .map(Candidate::example)
                .toList();
    }

    /** Two quotes that differ only in case and space say the same. */
    private static String essence(String quote) {
        return SPACE.matcher(quote.strip()).replaceAll(" ").toLowerCase(Locale.ROOT);
    }

    private static Set<String> words(String quote) {
        return Arrays.stream(NO_WORD.split(quote.toLowerCase(Locale.ROOT)))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toSet());
    }

    private static double inCommon(Set<String> one, Set<String> other) {
        long both = one.stream().filter(other::contains).count();
        long all = one.size() + other.size() - both;
        return all == 0 ? 0 : (double) both / all;
    }
}
