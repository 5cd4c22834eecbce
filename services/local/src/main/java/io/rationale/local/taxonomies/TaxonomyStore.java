package io.rationale.local.taxonomies;

import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.io.IOException;
import java.util.List;

/** Where versions are kept. What a user can mend is told by {@link io.rationale.local.command.UsageException}. */
public interface TaxonomyStore extends AutoCloseable {
    /** Every version that is defined, the active one among them. */
    List<Taxonomy> all() throws IOException, InterruptedException;

    /** Puts a version there as a proposal; one that is there with the same categories stays as it is. */
    Taxonomy propose(Taxonomy draft) throws IOException, InterruptedException;

    /**
     * Has notes judged under that version from now on.
     *
     * @param by who decides it; null for whose token it is
     */
    Taxonomy activate(TaxonomyRef ref, String by) throws IOException, InterruptedException;

    @Override
    void close();
}
