package io.rationale.core.discovery;

import io.rationale.core.statistics.Share;
import io.rationale.core.taxonomy.Category;
import io.rationale.core.taxonomy.Taxonomy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The proposal, measured.
 *
 * @param taxonomy   categories by their share, most frequent first
 * @param categories in the same order
 * @param agreement  mean adjusted Rand index of all pairs of runs, or null for one run
 * @param effective  effective sample size
 * @param undecided  notes of the sample that got no label
 */
record Findings(Taxonomy taxonomy, List<Finding> categories, Double agreement, double effective, int undecided) {

    static Findings of(Plan plan, Proposal proposal, Map<String, String> labels) {
        Map<String, List<SampledNote>> byLabel = new HashMap<>();
        plan.sample.notes().stream()
                .filter(each -> labels.containsKey(each.note().id()))
                .forEach(each -> byLabel.computeIfAbsent(labels.get(each.note().id()), any -> new ArrayList<>())
                        .add(each));
        WeightedShares shares = new WeightedShares(
                byLabel.values().stream().flatMap(List::stream).toList());
        List<Category> categories = new ArrayList<>();
        Map<String, Finding> findings = new HashMap<>();
        for (Category category : proposal.taxonomy().categories()) {
            List<SampledNote> notes = byLabel.getOrDefault(category.id(), List.of());
            PatternGroup group = proposal.groups().get(category.id());
            List<Example> examples = group == null ? List.of() : examples(group, category.id(), labels);
            findings.put(category.id(), finding(category.id(), group, proposal.seen(), examples, notes, shares));
            categories.add(group == null ? category : Proposal.category(category.id(), group, examples));
        }
        List<Category> ordered = ordered(categories, findings);
        return new Findings(
                withCategories(proposal.taxonomy(), ordered),
                ordered.stream().map(category -> findings.get(category.id())).toList(),
                boxed(agreement(proposal)),
                shares.effective(),
                plan.sample.notes().size() - labels.size());
    }

    private static Finding finding(
            String id,
            PatternGroup group,
            List<Set<String>> seen,
            List<Example> examples,
            List<SampledNote> notes,
            WeightedShares shares) {
        Share share = shares.of(notes);
        return new Finding(
                id,
                group == null ? null : (double) group.runs() / seen.size(),
                group == null
                        ? null
                        : boxed(RunAgreement.ofCategory(
                                IntStream.range(0, seen.size())
                                        .mapToObj(group::members)
                                        .toList(),
                                seen)),
                share.share(),
                share.interval().low(),
                share.interval().high(),
                notes.size(),
                examples);
    }

    /** Those of notes that were put into the category in the end come first. */
    private static List<Example> examples(PatternGroup group, String id, Map<String, String> labels) {
        List<Example> confirmedFirst = group.examples().stream()
                .sorted(Comparator.comparing((Example example) -> !id.equals(labels.get(example.noteId()))))
                .toList();
        return Proposal.chosen(confirmedFirst);
    }

    private static List<Category> ordered(List<Category> categories, Map<String, Finding> findings) {
        int own = categories.size() - FixedCategories.ALL.size();
        List<Category> ordered = new ArrayList<>(categories.subList(0, own));
        ordered.sort(Comparator.comparingDouble(
                        (Category category) -> findings.get(category.id()).share())
                .reversed()
                .thenComparing(Category::id));
        ordered.addAll(categories.subList(own, categories.size()));
        return ordered;
    }

    private static Taxonomy withCategories(Taxonomy taxonomy, List<Category> categories) {
        return new Taxonomy(
                taxonomy.id(),
                taxonomy.version(),
                taxonomy.title(),
                taxonomy.status(),
                categories,
                taxonomy.crosswalk());
    }

    private static OptionalDouble agreement(Proposal proposal) {
        int runs = proposal.seen().size();
        List<Map<String, String>> labellings = IntStream.range(0, runs)
                .mapToObj(run -> labelling(proposal, run))
                .toList();
        return IntStream.range(0, runs)
                .boxed()
                .flatMap(i -> IntStream.range(i + 1, runs)
                        .mapToObj(j -> agreement(proposal, labellings.get(i), labellings.get(j), i, j)))
                .mapToDouble(Double::doubleValue)
                .average();
    }

    private static double agreement(
            Proposal proposal, Map<String, String> one, Map<String, String> other, int run, int otherRun) {
        Set<String> both = new HashSet<>(proposal.seen().get(run));
        both.retainAll(proposal.seen().get(otherRun));
        return RunAgreement.adjustedRand(on(both, one), on(both, other));
    }

    private static Map<String, String> on(Set<String> notes, Map<String, String> labelling) {
        Map<String, String> labels = new HashMap<>();
        notes.forEach(note -> labels.put(note, labelling.getOrDefault(note, "")));
        return labels;
    }

    private static Map<String, String> labelling(Proposal proposal, int run) {
        Map<String, String> labels = new HashMap<>();
        proposal.groups().forEach((id, group) -> group.members(run).forEach(note -> labels.putIfAbsent(note, id)));
        return labels;
    }

    private static Double boxed(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }
}
