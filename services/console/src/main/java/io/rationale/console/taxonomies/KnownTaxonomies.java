package io.rationale.console.taxonomies;

import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.taxonomy.TaxonomyRef;
import io.rationale.core.taxonomy.TaxonomyVersions;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The versions of taxonomies that this deployment knows, and which of them is active: by the taxonomies topic, and while
 * that says nothing by the configuration. Thread safe.
 */
public final class KnownTaxonomies {
    private final Taxonomy configured;
    private final Supplier<Map<String, Taxonomy>> published;
    private volatile State state;

    /** What follows from one state of the topic. */
    private record State(Map<String, Taxonomy> published, TaxonomyVersions versions, Taxonomy active) {}

    /**
     * @param configured counts where no version was ever activated
     * @param published  what the topic holds, by {@code id@version}: immutable, and another map after each change
     */
    public KnownTaxonomies(Taxonomy configured, Supplier<Map<String, Taxonomy>> published) {
        this.configured = configured;
        this.published = published;
    }

    /** The version under which notes are judged now. */
    public Taxonomy active() {
        return state().active();
    }

    /** The definition of that version, as far as it is known. */
    public Optional<Taxonomy> find(TaxonomyRef ref) {
        return versions().find(ref);
    }

    /** Every version that is defined, by {@code id@version}, each with where it stands in its life. */
    public Map<String, Taxonomy> all() {
        return versions().all();
    }

    /** All of it at one moment. */
    public TaxonomyVersions versions() {
        return state().versions();
    }

    private State state() {
        Map<String, Taxonomy> now = published.get();
        State known = state;
        if (known == null || known.published() != now) {
            TaxonomyVersions versions = new TaxonomyVersions(configured, now);
            known = new State(now, versions, versions.active());
            state = known;
        }
        return known;
    }
}
