package io.rationale.console;

import io.rationale.core.audit.AuditEvent;
import io.rationale.core.audit.SourcePosition;
import io.rationale.core.note.Note;
import io.rationale.core.r1.Sampling;
import io.rationale.core.r1.Usage;
import io.rationale.core.review.Selection;
import io.rationale.core.taxonomy.TaxonomyRef;
import io.rationale.core.verdict.Checks;
import io.rationale.core.verdict.Evidence;
import io.rationale.core.verdict.ExchangePointer;
import io.rationale.core.verdict.Provenance;
import io.rationale.core.verdict.Reasoning;
import io.rationale.core.verdict.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Hand-made audit events. */
public final class Events {
    public static final TaxonomyRef V1 = new TaxonomyRef("rag-failures", 1);
    public static final TaxonomyRef V2 = new TaxonomyRef("rag-failures", 2);
    public static final Instant TEN = Instant.parse("2026-10-01T10:00:30Z");
    public static final Usage USAGE = new Usage(100, 50, 10, 0);
    public static final String MODEL = "deepseek-r1";

    private Events() {}

    public static Note note(String id, String source, Instant observedAt, String text) {
        return new Note(id, text, source, observedAt, null, null, null, List.of(), Map.of(), null);
    }

    public static Note note(String id) {
        return note(id, "clinic", TEN, "The text of " + id + ".");
    }

    public static AuditEvent.Classified classified(Note note, TaxonomyRef taxonomy, String category) {
        return classified(note, taxonomy, category, 1.0, MODEL, evidence(note, note.text()));
    }

    public static AuditEvent.Classified classified(
            Note note, TaxonomyRef taxonomy, String category, double agreement, String model, List<Evidence> evidence) {
        Verdict verdict = new Verdict(
                taxonomy,
                category,
                null,
                evidence,
                "Because the note says so.",
                Verdict.Confidence.HIGH,
                new Reasoning("Note " + note.id() + " is about " + category + ".", false, null),
                Map.of(category, 1),
                agreement,
                List.of(),
                new Checks(!evidence.isEmpty(), true, false, false, false, false, false, false),
                new Provenance(model, null, "http://r1:8000/v1", "1", Sampling.R1, "b1", 1, 0, 1, null),
                USAGE,
                TEN);
        return new AuditEvent.Classified(1, UUID.randomUUID().toString(), note, position(), verdict);
    }

    public static List<Evidence> evidence(Note note, String quote) {
        int start = note.text().indexOf(quote);
        int from = note.text().codePointCount(0, start);
        return List.of(new Evidence("text", quote, from, from + quote.codePointCount(0, quote.length())));
    }

    public static AuditEvent.Unclassifiable unclassifiable(Note note, TaxonomyRef taxonomy) {
        return unclassifiable(note, taxonomy, List.of());
    }

    /** R1 failed in an exchange of that id. */
    public static AuditEvent.Unclassifiable failedOver(Note note, TaxonomyRef taxonomy, String exchange) {
        return unclassifiable(
                note, taxonomy, List.of(new ExchangePointer(exchange, "rationale.exchanges", 0, 0, "0".repeat(64))));
    }

    private static AuditEvent.Unclassifiable unclassifiable(
            Note note, TaxonomyRef taxonomy, List<ExchangePointer> exchanges) {
        return new AuditEvent.Unclassifiable(
                1,
                UUID.randomUUID().toString(),
                note,
                position(),
                taxonomy,
                "no-answer",
                "R1 gave no acceptable answer.",
                3,
                USAGE,
                exchanges,
                TEN);
    }

    public static AuditEvent.Reviewed reviewed(String noteId, TaxonomyRef taxonomy, String category) {
        return reviewed(noteId, taxonomy, category, null);
    }

    public static AuditEvent.Reviewed reviewed(
            String noteId, TaxonomyRef taxonomy, String category, Selection selection) {
        return new AuditEvent.Reviewed(
                1, UUID.randomUUID().toString(), noteId, taxonomy, "ada", null, category, "I read it.", selection, TEN);
    }

    private static SourcePosition position() {
        return new SourcePosition("rationale.notes", 0, 0, TEN);
    }
}
