package io.rationale.core.discovery;

import io.rationale.core.taxonomy.Category;
import io.rationale.core.taxonomy.Taxonomy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the merged groups become: categories with ids, beside the two that every taxonomy has.
 *
 * @param taxonomy the sample is labelled under this
 * @param groups   what each category was made from, by its id
 * @param seen     notes that each run has read
 */
record Proposal(Taxonomy taxonomy, Map<String, PatternGroup> groups, List<Set<String>> seen) {
    /** More than a person would review. */
    private static final int MOST_CATEGORIES = 80;

    private static final int MOST_EXAMPLES = 3;

    static Proposal of(Plan plan, List<Set<String>> seen, List<PatternGroup> groups) {
        Map<String, Double> weights = plan.sample.notes().stream()
                .collect(Collectors.toMap(each -> each.note().id(), SampledNote::weight, Double::sum));
        Function<PatternGroup, Double> weight =
                group -> group.members().stream().mapToDouble(weights::get).sum();
        List<PatternGroup> heaviestFirst = groups.stream()
                .sorted(Comparator.comparing(weight).reversed().thenComparing(PatternGroup::name))
                .toList();
        Slugs slugs = new Slugs(Set.of());
        slugs.next(Taxonomy.NO_ERROR);
        slugs.next(Taxonomy.OTHER);
        Map<String, PatternGroup> kept = new LinkedHashMap<>();
        for (PatternGroup group : heaviestFirst) {
            String slug = Slugs.slug(group.name());
            if (slug.equals(Taxonomy.NO_ERROR) || slug.equals(Taxonomy.OTHER)) {
                drop(plan, group, "Every taxonomy has this category.");
            } else if (kept.size() >= MOST_CATEGORIES) {
                drop(plan, group, "There are " + MOST_CATEGORIES + " categories with more notes.");
            } else {
                kept.put(slugs.next(group.name()), group);
            }
        }
        return new Proposal(taxonomy(plan, kept), kept, seen);
    }

    private static void drop(Plan plan, PatternGroup group, String reason) {
        plan.dropped.add(
                new DroppedPattern(group.name(), group.patterns().getFirst().run(), reason));
    }

    private static Taxonomy taxonomy(Plan plan, Map<String, PatternGroup> groups) {
        List<Category> categories = new ArrayList<>();
        groups.forEach((id, group) -> categories.add(category(id, group, group.examples())));
        categories.addAll(FixedCategories.ALL);
        return new Taxonomy(
                plan.settings.taxonomy().id(),
                plan.settings.taxonomy().version(),
                "Problems that recur in " + plan.sample.population() + " notes",
                Taxonomy.Status.PROPOSED,
                categories,
                Map.of());
    }

    /** The category with these examples, of different notes as far as there are any. */
    static Category category(String id, PatternGroup group, List<Example> examples) {
        return new Category(
                id,
                null,
                group.name(),
                group.definition(),
                group.notThis(),
                chosen(examples).stream().map(Example::quote).toList(),
                group.remedy(),
                null);
    }

    /** Up to three, each of another note first. */
    static List<Example> chosen(List<Example> examples) {
        Map<String, Example> ofNotes = new LinkedHashMap<>();
        examples.forEach(example -> ofNotes.putIfAbsent(example.noteId(), example));
        return ofNotes.values().stream().limit(MOST_EXAMPLES).toList();
    }
}
