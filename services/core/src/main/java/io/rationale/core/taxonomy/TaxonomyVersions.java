package io.rationale.core.taxonomy;

import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The versions that a deployment knows, and which of them notes are judged under: of the active ones in the taxonomies
 * topic the one with the latest activation (of equals the last by id and version), and where there is none the
 * configured one. Whoever reads the same topic comes to the same.
 *
 * @param configured by a file, or the shipped one
 * @param published  what the topic holds, by {@code id@version}; what stands under another key than its own is left out
 */
public record TaxonomyVersions(Taxonomy configured, Map<String, Taxonomy> published) {
    private static final Comparator<Taxonomy> BY_ACTIVATION = Comparator.comparing(
                    (Taxonomy each) -> each.activation().at())
            .thenComparing(Taxonomy::id)
            .thenComparing(Taxonomy::version);

    public TaxonomyVersions {
        published = Collections.unmodifiableMap(published.entrySet().stream()
                .filter(each -> each.getKey().equals(each.getValue().ref().toString()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new)));
    }

    /** The version under which notes are judged now. */
    public Taxonomy active() {
        return published.values().stream()
                .filter(each -> each.status() == Taxonomy.Status.ACTIVE && each.activation() != null)
                .max(BY_ACTIVATION)
                .orElseGet(() -> configured.with(Taxonomy.Status.ACTIVE));
    }

    /** The definition of that version, as far as it is known. */
    public Optional<Taxonomy> find(TaxonomyRef ref) {
        return Optional.ofNullable(all().get(ref.toString()))
                .filter(each -> each.ref().equals(ref));
    }

    /** Every version, by {@code id@version}; exactly one is active. */
    public Map<String, Taxonomy> all() {
        Taxonomy active = active();
        Map<String, Taxonomy> all = new TreeMap<>();
        published.forEach((ref, each) ->
                all.put(ref, each.status() == Taxonomy.Status.ACTIVE ? each.with(Taxonomy.Status.RETIRED) : each));
        all.putIfAbsent(configured.ref().toString(), configured.with(Taxonomy.Status.RETIRED));
        all.put(active.ref().toString(), active);
        return Collections.unmodifiableMap(all);
    }

    /**
     * That version as the one to judge under from now on: its activation is later than all others, even where clocks
     * differ.
     *
     * @param by who decides it
     */
    public Taxonomy activation(Taxonomy version, String by, Instant now) {
        Taxonomy.Activation last = active().activation();
        boolean isLater = last == null || now.isAfter(last.at());
        return version.activated(
                new Taxonomy.Activation(by, isLater ? now : last.at().plusMillis(1)));
    }

    /** The number of a further version of that taxonomy. */
    public int nextVersion(String id) {
        return all().values().stream()
                        .filter(each -> each.id().equals(id))
                        .mapToInt(Taxonomy::version)
                        .max()
                        .orElse(0)
                + 1;
    }
}
