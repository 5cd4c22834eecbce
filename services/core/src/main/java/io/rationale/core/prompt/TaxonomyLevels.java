package io.rationale.core.prompt;

import io.rationale.core.taxonomy.Category;
import io.rationale.core.taxonomy.Taxonomy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A taxonomy as R1 is asked about it: whole where it fits the prompt, else level by level. Each level is a taxonomy of its
 * own, of the same name and version: what stands directly below one group, groups among it standing for all that they
 * hold, and always {@code no-error} and {@code other}, so that R1 can say that a note does not belong there.
 */
public final class TaxonomyLevels {
    private final Taxonomy top;
    private final Map<String, Taxonomy> below;

    private TaxonomyLevels(Taxonomy top, Map<String, Taxonomy> below) {
        this.top = top;
        this.below = Collections.unmodifiableMap(below);
    }

    /** As few levels as the room allows: one, or all. */
    public static TaxonomyLevels of(Taxonomy taxonomy, PromptRoom room) {
        return room.holds(taxonomy) ? new TaxonomyLevels(taxonomy, Map.of()) : split(taxonomy);
    }

    private static TaxonomyLevels split(Taxonomy taxonomy) {
        Map<String, Taxonomy> below = new LinkedHashMap<>();
        for (Category each : taxonomy.categories()) {
            if (isGroup(taxonomy, each)) {
                below.put(each.id(), level(taxonomy, each.id()));
            }
        }
        return new TaxonomyLevels(level(taxonomy, null), below);
    }

    private static Taxonomy level(Taxonomy taxonomy, String parent) {
        List<Category> choices = new ArrayList<>();
        for (Category each : taxonomy.categories()) {
            boolean isHere = parent == null ? each.parent() == null : parent.equals(each.parent());
            boolean isEverywhere =
                    each.id().equals(Taxonomy.NO_ERROR) || each.id().equals(Taxonomy.OTHER);
            if (isHere || isEverywhere) {
                choices.add(choice(taxonomy, each));
            }
        }
        return taxonomy.with(choices, Map.of());
    }

    /** A group stands for what it holds. */
    private static Category choice(Taxonomy taxonomy, Category each) {
        String held = taxonomy.leaves().stream()
                .filter(leaf -> taxonomy.isBelow(leaf.id(), each.id()))
                .map(Category::name)
                .collect(Collectors.joining("; "));
        return new Category(
                each.id(),
                null,
                each.name(),
                held.isEmpty() ? each.definition() : each.definition() + " Holds: " + held + ".",
                each.notThis(),
                each.examples(),
                each.remedy(),
                each.colour());
    }

    private static boolean isGroup(Taxonomy taxonomy, Category category) {
        return taxonomy.categories().stream().anyMatch(each -> category.id().equals(each.parent()));
    }

    /** What R1 is asked first. */
    public Taxonomy top() {
        return top;
    }

    /** What R1 is asked after it chose that category; nothing for a label. */
    public Optional<Taxonomy> below(String categoryId) {
        return Optional.ofNullable(below.get(categoryId));
    }

    /** The groups that R1 is asked about by themselves; empty where one prompt holds everything. */
    public Map<String, Taxonomy> groups() {
        return below;
    }
}
