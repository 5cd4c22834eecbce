package io.rationale.console.history;

import io.rationale.console.search.NoteSearch;
import io.rationale.console.taxonomies.KnownTaxonomies;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Puts together what looks back. */
@Singleton
public class HistoryWiring {
    @Produces
    @Singleton
    Relabellings relabellings(NoteSearch notes, KnownTaxonomies taxonomies) {
        return new Relabellings(notes, taxonomies);
    }
}
