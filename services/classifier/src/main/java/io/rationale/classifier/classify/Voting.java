package io.rationale.classifier.classify;

import io.rationale.classifier.work.Decision;
import io.rationale.classifier.work.ExchangeDraft;
import io.rationale.core.taxonomy.TaxonomyRef;
import io.rationale.core.verdict.Provenance;
import io.rationale.core.verdict.Sample;
import io.rationale.core.verdict.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Doubt buys votes: a note whose first vote is doubtful, or that a configured share picks, is sampled until the votes
 * that may still come cannot change the majority. Thread safe.
 */
final class Voting {
    private final int max;
    private final double share;
    private final TokenBudget budget;
    private final RandomGenerator random;

    /**
     * @param max   most votes about a note; 1 turns voting off
     * @param share of the notes without doubt that are sampled again nevertheless, 0 to 1
     */
    Voting(int max, double share, TokenBudget budget, RandomGenerator random) {
        if (max < 1 || share < 0 || share > 1) {
            throw new IllegalArgumentException("rationale.votes.max is " + max + " and .share " + share
                    + "; make max at least 1 and share between 0 and 1");
        }
        this.max = max;
        this.share = share;
        this.budget = budget;
        this.random = random;
    }

    /** Whether the note is to be asked about again; then the tokens for it are reserved. */
    boolean wantsMore(PendingNote note) {
        boolean isOpen = note.votes().size() == 1 ? isPicked(note.votes().getFirst()) : !isSure(note.votes());
        if (note.votes().size() >= max || !isOpen) {
            return false;
        }
        double estimate = note.usage().computed() / Math.max(1, note.calls());
        boolean isPaid = budget.reserve(estimate);
        note.reserve(isPaid ? estimate : 0);
        return isPaid;
    }

    /** What the votes say: the category with the most, of equals the one that came first. */
    Decision.Judged decide(PendingNote note, TaxonomyRef taxonomy, Instant now) {
        List<Vote> votes = note.votes();
        Map<String, Integer> counts = counts(votes);
        String category =
                Collections.max(counts.entrySet(), Map.Entry.comparingByValue()).getKey();
        Vote best = best(votes, category);
        List<Vote> samples = votes.size() == 1 ? List.of() : votes;
        Verdict verdict = new Verdict(
                taxonomy,
                category,
                best.judgement().answer().secondary(),
                best.judgement().answer().evidence(),
                best.judgement().answer().rationale(),
                best.confidence(),
                best.judgement().reasoning(),
                counts,
                (double) counts.get(category) / votes.size(),
                samples.stream()
                        .map(each -> new Sample(each.category(), each.confidence(), null))
                        .toList(),
                best.judgement().checks(),
                withCalls(best.provenance(), note.calls()),
                note.usage(),
                now);
        List<ExchangeDraft> sampled = samples.stream().map(Vote::exchange).toList();
        return new Decision.Judged(note.task(), verdict, best.exchange(), sampled, List.copyOf(note.failures()));
    }

    private boolean isPicked(Vote first) {
        return first.isDoubtful() || share > 0 && random.nextDouble() < share;
    }

    /** The votes that may still come, all for the second, would not reach the first. */
    private boolean isSure(List<Vote> votes) {
        List<Integer> counts = new ArrayList<>(counts(votes).values());
        counts.sort(Comparator.reverseOrder());
        int second = counts.size() > 1 ? counts.get(1) : 0;
        return counts.getFirst() > second + max - votes.size();
    }

    private static Map<String, Integer> counts(List<Vote> votes) {
        return votes.stream().collect(Collectors.toMap(Vote::category, each -> 1, Integer::sum, LinkedHashMap::new));
    }

    /** Of the votes for the category the one that a reader can believe most easily; of equals the first. */
    private static Vote best(List<Vote> votes, String category) {
        Stream<Vote> candidates = votes.stream().filter(each -> each.category().equals(category));
        return candidates
                .min(Comparator.comparing((Vote each) -> !each.passesChecks()).thenComparing(Vote::confidence))
                .orElseThrow();
    }

    private static Provenance withCalls(Provenance provenance, int calls) {
        return new Provenance(
                provenance.model(),
                provenance.server(),
                provenance.endpoint(),
                provenance.promptVersion(),
                provenance.sampling(),
                provenance.batchId(),
                provenance.batchSize(),
                provenance.batchPosition(),
                calls,
                null);
    }
}
