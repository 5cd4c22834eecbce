package io.rationale.console.export;

import io.rationale.console.notes.AuditReader;
import io.rationale.console.search.NoteSearch;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Puts the exports together. */
@Singleton
public class ExportWiring {
    @Produces
    @Singleton
    VerdictExport export(NoteSearch notes, AuditReader audit) {
        return new VerdictExport(notes, audit);
    }
}
