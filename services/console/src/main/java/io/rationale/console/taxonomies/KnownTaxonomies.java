package io.rationale.console.taxonomies;

import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The versions of taxonomies that are defined somewhere: the active one by the configuration, the others in the
 * taxonomies topic. Thread safe.
 */
public final class KnownTaxonomies {
    private final Taxonomy active;
    private final Supplier<Map<String, Taxonomy>> published;

    /**
     * @param active    the version under which notes are judged now
     * @param published what the topic holds, by {@code id@version}
     */
    public KnownTaxonomies(Taxonomy active, Supplier<Map<String, Taxonomy>> published) {
        this.active = active;
        this.published = published;
    }

    /** The version under which notes are judged now. */
    public Taxonomy active() {
        return active;
    }

    /** The definition of that version, as far as it is known. */
    public Optional<Taxonomy> find(TaxonomyRef ref) {
        return Optional.ofNullable(all().get(ref.toString()))
                .filter(taxonomy -> taxonomy.ref().equals(ref));
    }

    /** Every version that is defined, by {@code id@version}. */
    public Map<String, Taxonomy> all() {
        Map<String, Taxonomy> all = new TreeMap<>(published.get());
        all.put(active.ref().toString(), active);
        return all;
    }
}
