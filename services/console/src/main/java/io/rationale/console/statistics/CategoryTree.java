package io.rationale.console.statistics;

import io.rationale.core.taxonomy.Category;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Names, order and tree of a version's categories. Labels that the version does not define, and all labels of a version
 * that nobody knows, are named by their ids, stand at the top of the tree, and come last, sorted.
 */
public final class CategoryTree {
    private final TaxonomyRef ref;
    private final String title;
    private final Map<String, Category> categories = new LinkedHashMap<>();
    private final Map<String, Integer> places = new HashMap<>();
    private final Set<String> inner = new LinkedHashSet<>();

    /** @param definition of that version, as far as it is known */
    public CategoryTree(TaxonomyRef ref, Optional<Taxonomy> definition) {
        this.ref = ref;
        this.title = definition.map(Taxonomy::title).orElse(null);
        definition.ifPresent(taxonomy -> taxonomy.categories().forEach(category -> {
            places.put(category.id(), places.size());
            categories.put(category.id(), category);
        }));
        categories.values().stream()
                .map(Category::parent)
                .filter(Objects::nonNull)
                .forEach(inner::add);
    }

    TaxonomyRef ref() {
        return ref;
    }

    /** For people, or null. */
    String title() {
        return title;
    }

    /** For people: the id where there is no name. */
    public String name(String id) {
        return categories.containsKey(id) ? categories.get(id).name() : id;
    }

    /** The category above, or null. */
    public String parent(String id) {
        return categories.containsKey(id) ? categories.get(id).parent() : null;
    }

    /** {@code #rrggbb}, or null. */
    public String colour(String id) {
        return categories.containsKey(id) ? categories.get(id).colour() : null;
    }

    /** In reading order; those that are not defined last, by id. */
    public List<String> sorted(Collection<String> ids) {
        List<String> sorted = new ArrayList<>(ids);
        sorted.sort(Comparator.<String>comparingInt(id -> places.getOrDefault(id, Integer.MAX_VALUE))
                .thenComparing(Comparator.naturalOrder()));
        return sorted;
    }

    /** Sums of every inner node: its own and those of everything below it. */
    Map<String, Sums> groups(Map<String, Sums> byCategory) {
        Map<String, Sums> groups = new HashMap<>();
        byCategory.forEach((id, sums) -> {
            String at = inner.contains(id) ? id : parent(id);
            while (at != null) {
                groups.computeIfAbsent(at, any -> new Sums()).add(sums);
                at = parent(at);
            }
        });
        return groups;
    }
}
