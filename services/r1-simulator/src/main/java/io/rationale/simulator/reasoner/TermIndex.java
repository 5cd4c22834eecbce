package io.rationale.simulator.reasoner;

import io.rationale.simulator.prompt.ListedCategory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * TF-IDF over what the prompt says about the categories: a word that few categories use says much, one that all use
 * says nothing. Two words side by side say more than each alone. Long descriptions are held down by their norm, half of
 * it, so that a category with only a name does not win by its shortness.
 */
final class TermIndex {
    private static final double NAME = 2;
    private static final double DEFINITION = 1;
    private static final double EXAMPLE = 1;
    private static final double PAIR_BONUS = 1.5;
    /** Every complaint has them; they tell something only beside another word. */
    static final Set<String> NEGATIONS = Words.of("no not never nothing none nicht nichts kein keine nie").stream()
            .map(Word::stem)
            .collect(Collectors.toUnmodifiableSet());

    private final Map<String, List<Posting>> postings = new HashMap<>();

    TermIndex(List<ListedCategory> categories) {
        List<Map<String, Double>> counts =
                categories.stream().map(TermIndex::count).toList();
        Map<String, Integer> spread = spread(counts);
        List<Double> norms =
                counts.stream().map(terms -> norm(terms, spread, counts.size())).toList();
        double usual = norms.stream().mapToDouble(Double::doubleValue).average().orElse(1);
        for (int i = 0; i < counts.size(); i++) {
            addPostings(i, counts.get(i), spread, counts.size(), (norms.get(i) + usual) / 2);
        }
    }

    /** Adds what the words of the clause say. */
    void find(Clause clause, List<Hit> hits) {
        for (Term term : terms(clause.words())) {
            for (Posting posting : postings.getOrDefault(term.key(), List.of())) {
                hits.add(new Hit(posting.category(), term.key(), posting.weight(), term.start(), term.end()));
            }
        }
    }

    private void addPostings(
            int category, Map<String, Double> terms, Map<String, Integer> spread, int all, double norm) {
        terms.forEach((term, count) -> {
            double idf = idf(spread.get(term), all);
            double bonus = isPair(term) ? PAIR_BONUS : 1;
            double weight = bonus * (1 + Math.log(count)) * idf * idf / Math.max(norm, 1e-9);
            postings.computeIfAbsent(term, any -> new ArrayList<>()).add(new Posting(category, weight));
        });
    }

    private static double norm(Map<String, Double> terms, Map<String, Integer> spread, int all) {
        double squares = 0;
        for (Map.Entry<String, Double> term : terms.entrySet()) {
            double weight = (1 + Math.log(term.getValue())) * idf(spread.get(term.getKey()), all);
            squares += isPair(term.getKey()) ? 0 : weight * weight;
        }
        return Math.sqrt(squares);
    }

    private static double idf(int categoriesWithIt, int all) {
        return Math.log((1.0 + all) / (0.5 + categoriesWithIt));
    }

    private static Map<String, Integer> spread(List<Map<String, Double>> counts) {
        Map<String, Integer> spread = new HashMap<>();
        counts.forEach(terms -> terms.keySet().forEach(term -> spread.merge(term, 1, Integer::sum)));
        return spread;
    }

    private static Map<String, Double> count(ListedCategory category) {
        Map<String, Double> counts = new HashMap<>();
        count(category.id().replaceAll("[-_./]+", " "), NAME / 2, counts);
        count(category.name(), NAME, counts);
        count(category.definition(), DEFINITION, counts);
        category.examples().forEach(example -> count(example, EXAMPLE, counts));
        return counts;
    }

    private static void count(String text, double weight, Map<String, Double> counts) {
        terms(Words.of(text)).forEach(term -> counts.merge(term.key(), weight, Double::sum));
    }

    /** Content words, and pairs of those that follow each other with nothing but stop words between. */
    private static List<Term> terms(List<Word> words) {
        List<Term> terms = new ArrayList<>();
        Word before = null;
        for (Word word : words) {
            if (word.content()) {
                if (!NEGATIONS.contains(word.stem())) {
                    terms.add(new Term(word.stem(), word.start(), word.end()));
                }
                if (before != null) {
                    terms.add(new Term(before.stem() + " " + word.stem(), before.start(), word.end()));
                }
                before = word;
            }
        }
        return terms;
    }

    private static boolean isPair(String term) {
        return term.indexOf(' ') > 0;
    }

    private record Term(String key, int start, int end) {}

    private record Posting(int category, double weight) {}
}
