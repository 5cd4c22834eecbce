package io.rationale.simulator.reasoner;

import io.rationale.simulator.prompt.ListedNote;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Judges one note: adds up what speaks for each category and picks the clauses to quote. */
final class Judge {
    private static final int WORDS_NAMED = 3;
    private static final double WORTH_NAMING = 0.2;
    private static final double WORTH_QUOTING = 0.6;
    /** About what one uncommon word carries by chance; not enough for a category where "other" is one. */
    private static final double STRAY_WORD = 0.6;
    /** Praise before a fault does not excuse the fault. */
    private static final double PRAISE_BESIDE_FAULT = 0.4;

    private static final double A_FAULT = 2;

    private final CategoryIndex index;
    private final ListedNote note;
    private final List<Clause> clauses;
    private final List<List<Hit>> hits;
    private final List<TraceHint> hints;
    private final boolean addressed;
    private final double[] scores;

    private Judge(CategoryIndex index, ListedNote note) {
        this.index = index;
        this.note = note;
        List<String> all = Clauses.of(note.text());
        addressed = Instructions.in(all);
        List<String> spoken = Instructions.without(all);
        clauses = (spoken.isEmpty() ? all : spoken).stream().map(Clause::of).toList();
        hits = spoken.isEmpty()
                ? clauses.stream().map(clause -> List.<Hit>of()).toList()
                : clauses.stream().map(index::hits).toList();
        hints = TraceHints.of(note);
        scores = scores();
    }

    static Judgement judge(CategoryIndex index, ListedNote note) {
        return new Judge(index, note).judgement();
    }

    private Judgement judgement() {
        List<Integer> ranking = ranking();
        int best = ranking.getFirst();
        Optional<Candidate> runnerUp = ranking.stream().skip(1).findFirst().map(this::candidate);
        String id = index.categories().get(best).id();
        List<TraceHint> agreeing = hints.stream()
                .filter(hint -> CategoryIds.begins(id, hint.category()))
                .toList();
        return new Judgement(note, candidate(best), runnerUp, evidence(best), agreeing, addressed);
    }

    private double[] scores() {
        double[] totals = new double[index.categories().size()];
        Set<String> counted = new HashSet<>();
        for (List<Hit> found : hits) {
            for (Hit hit : found) {
                if (counted.add(hit.category() + "\n" + hit.key())) {
                    totals[hit.category()] += hit.weight();
                }
            }
        }
        dampPraise(totals);
        for (TraceHint hint : hints) {
            int category = index.withIdLike(hint.category());
            if (category >= 0) {
                totals[category] += hint.weight();
            }
        }
        return totals;
    }

    private void dampPraise(double[] totals) {
        int praise = index.withId("no-error");
        boolean fault = IntStream.range(0, totals.length)
                .anyMatch(i -> i != praise && i != index.withId("other") && totals[i] >= A_FAULT);
        if (praise >= 0 && fault) {
            totals[praise] *= PRAISE_BESIDE_FAULT;
        }
    }

    /** Best first, among equals in the order of the list; the fallback before all where hardly anything was said. */
    private List<Integer> ranking() {
        Comparator<Integer> byScore = Comparator.comparingDouble(i -> -scores[i]);
        Comparator<Integer> fallbackFirst = Comparator.comparing(i -> i != index.fallback());
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(saysTooLittle() ? fallbackFirst.thenComparing(byScore) : byScore)
                .toList();
    }

    private boolean saysTooLittle() {
        double best = Arrays.stream(scores).max().orElse(0);
        return best <= 0 || best < STRAY_WORD && index.withId("other") >= 0;
    }

    private Candidate candidate(int category) {
        List<Spoken> spoken = IntStream.range(0, clauses.size())
                .boxed()
                .flatMap(i -> hits.get(i).stream()
                        .filter(hit -> hit.category() == category)
                        .map(hit -> new Spoken(clauses.get(i).surface(hit), hit.weight())))
                .sorted(Comparator.comparingDouble(found -> -found.weight()))
                .toList();
        return new Candidate(index.categories().get(category), scores[category], strongest(spoken));
    }

    /** Leaves out what is weak beside the strongest, and what is part of a find that is already named. */
    private static List<String> strongest(List<Spoken> spoken) {
        List<String> named = new ArrayList<>();
        for (Spoken found : spoken) {
            boolean weak = found.weight() < WORTH_NAMING * spoken.getFirst().weight();
            if (weak || named.size() == WORDS_NAMED) {
                break;
            }
            if (named.stream().noneMatch(other -> overlap(other, found.words()))) {
                named.add(found.words());
            }
        }
        return named;
    }

    private static boolean overlap(String one, String other) {
        String lower = one.toLowerCase(Locale.ROOT);
        String otherLower = other.toLowerCase(Locale.ROOT);
        return lower.contains(otherLower) || otherLower.contains(lower);
    }

    private List<String> evidence(int category) {
        List<Quoted> quotes = IntStream.range(0, clauses.size())
                .mapToObj(i -> new Quoted(clauses.get(i).text(), weight(hits.get(i), category)))
                .sorted(Comparator.comparingDouble(quoted -> -quoted.weight()))
                .toList();
        double most = quotes.isEmpty() ? 0 : quotes.getFirst().weight();
        return quotes.stream()
                .filter(quoted ->
                        quoted == quotes.getFirst() || quoted.weight() > 0 && quoted.weight() >= WORTH_QUOTING * most)
                .map(Quoted::text)
                .distinct()
                .limit(2)
                .toList();
    }

    private static double weight(List<Hit> hits, int category) {
        return hits.stream()
                .filter(hit -> hit.category() == category)
                .mapToDouble(Hit::weight)
                .sum();
    }

    private record Spoken(String words, double weight) {}

    private record Quoted(String text, double weight) {}
}
