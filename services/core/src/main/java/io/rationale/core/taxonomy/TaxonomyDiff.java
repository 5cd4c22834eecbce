package io.rationale.core.taxonomy;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What differs between two versions. Which old category is which new one is told by the new version's crosswalk, and
 * where it says nothing, or starts from another version, by the id.
 *
 * @param from      the old version
 * @param to        the new version
 * @param added     categories that no old one became
 * @param removed   old categories that became none
 * @param renamed   categories with another id or name
 * @param moved     categories below another one
 * @param redefined categories of which something that R1 or people read was changed
 * @param merged    categories that several old ones became
 * @param split     old labels that only group now
 * @param crosswalk each old category that lives on, and what it is now; in the old version's order
 */
public record TaxonomyDiff(
        TaxonomyRef from,
        TaxonomyRef to,
        List<Category> added,
        List<Category> removed,
        List<Renamed> renamed,
        List<Moved> moved,
        List<Redefined> redefined,
        List<Merged> merged,
        List<Split> split,
        Map<String, String> crosswalk) {

    /** Another id or name. */
    public record Renamed(String oldId, String newId, String oldName, String newName) {}

    /**
     * Below another category.
     *
     * @param id     in the new version
     * @param before the parent, in the new version's ids where it lives on, or null for the top
     * @param now    the parent, or null for the top
     */
    public record Moved(String id, String before, String now) {}

    /** Something else says what it is. @param fields the names of what was changed */
    public record Redefined(String id, List<String> fields) {
        public Redefined {
            fields = List.copyOf(fields);
        }
    }

    /** Several became one. */
    public record Merged(String into, List<String> from) {
        public Merged {
            from = List.copyOf(from);
        }
    }

    /** A label that groups now. @param parts the labels below it */
    public record Split(String id, List<String> parts) {
        public Split {
            parts = List.copyOf(parts);
        }
    }

    public TaxonomyDiff {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
        renamed = List.copyOf(renamed);
        moved = List.copyOf(moved);
        redefined = List.copyOf(redefined);
        merged = List.copyOf(merged);
        split = List.copyOf(split);
        crosswalk = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(crosswalk));
    }

    /** What became of the old version in the new one. */
    public static TaxonomyDiff between(Taxonomy from, Taxonomy to) {
        return new Comparison(from, to).diff();
    }

    /** Whether the two say the same. */
    @JsonIgnore
    public boolean isEmpty() {
        return added.isEmpty()
                && removed.isEmpty()
                && renamed.isEmpty()
                && moved.isEmpty()
                && redefined.isEmpty()
                && merged.isEmpty()
                && split.isEmpty();
    }

    /** The work of one comparison. */
    private static final class Comparison {
        private final Taxonomy from;
        private final Taxonomy to;
        private final Map<String, String> targets = new LinkedHashMap<>();
        private final List<Renamed> renamed = new ArrayList<>();
        private final List<Moved> moved = new ArrayList<>();
        private final List<Redefined> redefined = new ArrayList<>();

        Comparison(Taxonomy from, Taxonomy to) {
            this.from = from;
            this.to = to;
            from.categories().forEach(old -> target(old.id()).ifPresent(now -> targets.put(old.id(), now)));
        }

        TaxonomyDiff diff() {
            from.categories().forEach(this::compare);
            return new TaxonomyDiff(
                    from.ref(), to.ref(), added(), removed(), renamed, moved, redefined, merged(), split(), targets);
        }

        private Optional<String> target(String old) {
            boolean isBase = to.basedOn() == null || to.basedOn().equals(from.ref());
            return to.category(isBase ? to.crosswalk().getOrDefault(old, old) : old)
                    .map(Category::id);
        }

        private void compare(Category old) {
            String target = targets.get(old.id());
            boolean isTheSame = target != null && (target.equals(old.id()) || isOnlyRenamed(target));
            if (isTheSame) {
                compare(old, to.category(target).orElseThrow());
            }
        }

        private boolean isOnlyRenamed(String target) {
            return from.category(target).isEmpty()
                    && targets.values().stream().filter(target::equals).count() == 1;
        }

        private void compare(Category old, Category now) {
            if (!old.id().equals(now.id()) || !old.name().equals(now.name())) {
                renamed.add(new Renamed(old.id(), now.id(), old.name(), now.name()));
            }
            String parent = old.parent() == null ? null : targets.getOrDefault(old.parent(), old.parent());
            if (!Objects.equals(parent, now.parent())) {
                moved.add(new Moved(now.id(), parent, now.parent()));
            }
            List<String> fields = fields(old, now);
            if (!fields.isEmpty()) {
                redefined.add(new Redefined(now.id(), fields));
            }
        }

        private static List<String> fields(Category old, Category now) {
            Map<String, Boolean> changed = new LinkedHashMap<>();
            changed.put("definition", !old.definition().equals(now.definition()));
            changed.put("notThis", !Objects.equals(old.notThis(), now.notThis()));
            changed.put("examples", !old.examples().equals(now.examples()));
            changed.put("remedy", !Objects.equals(old.remedy(), now.remedy()));
            changed.put("colour", !Objects.equals(old.colour(), now.colour()));
            return changed.entrySet().stream()
                    .filter(Map.Entry::getValue)
                    .map(Map.Entry::getKey)
                    .toList();
        }

        private List<Category> added() {
            return to.categories().stream()
                    .filter(now -> !targets.containsValue(now.id()))
                    .toList();
        }

        private List<Category> removed() {
            return from.categories().stream()
                    .filter(old -> !targets.containsKey(old.id()))
                    .toList();
        }

        private List<Merged> merged() {
            Map<String, List<String>> sources = targets.entrySet().stream()
                    .collect(Collectors.groupingBy(
                            Map.Entry::getValue,
                            LinkedHashMap::new,
                            Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
            return sources.entrySet().stream()
                    .filter(each -> each.getValue().size() > 1)
                    .map(each -> new Merged(each.getKey(), each.getValue()))
                    .toList();
        }

        private List<Split> split() {
            Set<String> labels = to.labels().keySet();
            return from.leaves().stream()
                    .map(old -> targets.get(old.id()))
                    .filter(target -> target != null && !labels.contains(target))
                    .distinct()
                    .map(target -> new Split(target, labelsBelow(target)))
                    .toList();
        }

        private List<String> labelsBelow(String group) {
            return to.leaves().stream()
                    .map(Category::id)
                    .filter(id -> to.isBelow(id, group))
                    .toList();
        }
    }
}
