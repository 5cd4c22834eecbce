package io.rationale.core.taxonomy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which labels of one version may become which labels of another: the crosswalks of all versions between them, one after
 * the other. A label that became a group may become any label below it. Versions that come from a common one are led
 * through that, a version that comes from the other one is led backwards; where nothing leads from one to the other, a
 * label stays what has the same id.
 *
 * @param successors labels of the new version by each label of the old one, in the order of the old version; empty where
 *                   it lives on as nothing
 */
public record Crosswalk(Map<String, Set<String>> successors) {
    private static final int LONGEST_LINE = 1_000;

    public Crosswalk {
        Map<String, Set<String>> copied = new LinkedHashMap<>();
        successors.forEach((old, now) -> copied.put(old, Collections.unmodifiableSet(new LinkedHashSet<>(now))));
        successors = Collections.unmodifiableMap(copied);
    }

    /**
     * From one version to another.
     *
     * @param known finds the versions between them
     */
    public static Crosswalk between(Taxonomy from, Taxonomy to, Function<TaxonomyRef, Optional<Taxonomy>> known) {
        List<Taxonomy> line = line(from, known);
        List<Taxonomy> other = line(to, known);
        List<TaxonomyRef> refs = other.stream().map(Taxonomy::ref).toList();
        for (int up = 0; up < line.size(); up++) {
            int down = refs.indexOf(line.get(up).ref());
            if (down >= 0) {
                Crosswalk back = along(line.subList(0, up + 1).reversed()).reversed(from);
                return back.then(along(other.subList(0, down + 1).reversed()));
            }
        }
        return step(from, to);
    }

    /** Whether notes of that old label may be expected under that new one. */
    public boolean leads(String from, String to) {
        return successors.getOrDefault(from, Set.of()).contains(to);
    }

    /** What became of these labels. */
    public Set<String> successorsOf(Set<String> labels) {
        return labels.stream()
                .flatMap(label -> successors.getOrDefault(label, Set.of()).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The old labels that may have become that one, in the order of the old version. */
    public List<String> predecessorsOf(String label) {
        return successors.keySet().stream().filter(old -> leads(old, label)).toList();
    }

    /** The version, what it comes from, what that comes from, as far as it is known. */
    private static List<Taxonomy> line(Taxonomy newest, Function<TaxonomyRef, Optional<Taxonomy>> known) {
        Map<TaxonomyRef, Taxonomy> line = new LinkedHashMap<>();
        Optional<Taxonomy> next = Optional.of(newest);
        while (next.isPresent()
                && line.size() < LONGEST_LINE
                && !line.containsKey(next.get().ref())) {
            line.put(next.get().ref(), next.get());
            next = Optional.ofNullable(next.get().basedOn()).flatMap(known);
        }
        return List.copyOf(line.values());
    }

    private static Crosswalk along(List<Taxonomy> oldestFirst) {
        Crosswalk walked = step(oldestFirst.getFirst(), oldestFirst.getFirst());
        for (int i = 1; i < oldestFirst.size(); i++) {
            walked = walked.then(step(oldestFirst.get(i - 1), oldestFirst.get(i)));
        }
        return walked;
    }

    private static Crosswalk step(Taxonomy from, Taxonomy to) {
        Map<String, String> targets = from.ref().equals(to.ref())
                ? Map.of()
                : TaxonomyDiff.between(from, to).crosswalk();
        Map<String, Set<String>> successors = new LinkedHashMap<>();
        from.leaves().forEach(leaf -> {
            String target = from.ref().equals(to.ref()) ? leaf.id() : targets.get(leaf.id());
            successors.put(leaf.id(), target == null ? Set.of() : labelsOf(to, target));
        });
        return new Crosswalk(successors);
    }

    /** The label itself, or all labels below the group. */
    public static Set<String> labelsOf(Taxonomy taxonomy, String category) {
        return taxonomy.leaves().stream()
                .map(Category::id)
                .filter(id -> id.equals(category) || taxonomy.isBelow(id, category))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private Crosswalk then(Crosswalk next) {
        Map<String, Set<String>> both = new LinkedHashMap<>();
        successors.forEach((old, now) -> both.put(old, next.successorsOf(now)));
        return new Crosswalk(both);
    }

    private Crosswalk reversed(Taxonomy from) {
        Map<String, Set<String>> back = new LinkedHashMap<>();
        from.leaves().forEach(leaf -> back.put(leaf.id(), new LinkedHashSet<>()));
        successors.forEach((old, labels) -> labels.forEach(now -> back.get(now).add(old)));
        return new Crosswalk(back);
    }
}
