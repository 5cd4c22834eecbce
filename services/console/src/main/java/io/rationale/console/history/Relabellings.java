package io.rationale.console.history;

import io.rationale.console.api.ProblemException;
import io.rationale.console.search.NoteQuery;
import io.rationale.console.search.NoteSearch;
import io.rationale.console.statistics.TableQuery;
import io.rationale.console.taxonomies.KnownTaxonomies;
import io.rationale.core.statistics.RelabelledNotes;
import io.rationale.core.statistics.Relabelling;
import io.rationale.core.statistics.RelabellingMaker;
import io.rationale.core.taxonomy.Crosswalk;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.taxonomy.TaxonomyRef;
import io.rationale.core.taxonomy.TaxonomyVersions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Counts from the index what became of the notes under another version. Thread safe. */
public final class Relabellings {
    private final NoteSearch notes;
    private final KnownTaxonomies taxonomies;

    public Relabellings(NoteSearch notes, KnownTaxonomies taxonomies) {
        this.notes = notes;
        this.taxonomies = taxonomies;
    }

    /**
     * The relabelling of those notes.
     *
     * @param query  whose taxonomy does not matter
     * @param oldRef the old version, or null for the one that the new one comes from
     * @param newRef the new version, or null for the active one
     * @throws ProblemException 422 when one of them is not known
     */
    Relabelling of(TableQuery query, TaxonomyRef oldRef, TaxonomyRef newRef) {
        TaxonomyVersions versions = taxonomies.versions();
        Taxonomy to = newRef == null ? versions.active() : find(versions, "to", newRef);
        Taxonomy from = find(versions, "from", oldRef == null ? base(versions, to) : oldRef);
        Instant activatedAt = Optional.ofNullable(to.activation())
                .map(Taxonomy.Activation::at)
                .orElse(null);
        NoteQuery.Period period =
                new NoteQuery.Period(null, query.from().orElse(null), query.to().orElse(null));
        RelabelledNotes counted =
                notes.read(snapshot -> snapshot.relabelled(from.ref(), to.ref(), activatedAt, query.sources(), period));
        return new RelabellingMaker(from, to, Crosswalk.between(from, to, versions::find), counted)
                .relabelling(period.from(), period.to(), List.copyOf(new TreeSet<>(query.sources())));
    }

    private static TaxonomyRef base(TaxonomyVersions versions, Taxonomy to) {
        if (to.basedOn() == null) {
            throw refused(versions, "from", to.ref() + " comes from no other version: say in from which one is meant.");
        }
        return to.basedOn();
    }

    private static Taxonomy find(TaxonomyVersions versions, String field, TaxonomyRef ref) {
        return versions.find(ref).orElseThrow(() -> refused(versions, field, "No taxonomy " + ref + " is defined."));
    }

    private static ProblemException refused(TaxonomyVersions versions, String field, String detail) {
        return ProblemException.of(422, detail)
                .with("field", field)
                .with("possible", List.copyOf(versions.all().keySet()));
    }
}
