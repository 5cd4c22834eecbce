package io.rationale.core.audit;

import io.rationale.core.note.Note;
import io.rationale.core.verdict.Reasoning;
import io.rationale.core.verdict.Verdict;
import java.util.List;
import java.util.Map;

/** Events without anything that a note says, or somebody said about it: what is shown while a cluster still keeps the words. */
public final class Wordless {
    private static final String TEXT = AuditEvent.Erased.TEXT;

    private Wordless() {}

    /** The same decision without words. */
    public static AuditEvent of(AuditEvent event) {
        return switch (event) {
            case AuditEvent.Classified e ->
                new AuditEvent.Classified(e.version(), e.eventId(), of(e.note()), e.position(), of(e.verdict()));
            case AuditEvent.Unclassifiable e ->
                new AuditEvent.Unclassifiable(
                        e.version(),
                        e.eventId(),
                        of(e.note()),
                        e.position(),
                        e.taxonomy(),
                        e.reason(),
                        TEXT,
                        e.attempts(),
                        e.usage(),
                        e.exchanges(),
                        e.at(),
                        e.reclassification());
            case AuditEvent.Reviewed e ->
                new AuditEvent.Reviewed(
                        e.version(),
                        e.eventId(),
                        e.noteId(),
                        e.taxonomy(),
                        e.reviewer(),
                        e.oldCategory(),
                        e.newCategory(),
                        null,
                        e.selection(),
                        e.at());
            case AuditEvent.Erased e -> e;
        };
    }

    private static Note of(Note note) {
        return new Note(note.id(), TEXT, note.source(), note.observedAt(), null, null, null, List.of(), Map.of(), null);
    }

    private static Verdict of(Verdict verdict) {
        return new Verdict(
                verdict.taxonomy(),
                verdict.category(),
                verdict.secondary(),
                List.of(),
                TEXT,
                verdict.confidence(),
                new Reasoning(TEXT, false, verdict.reasoning().exchange()),
                verdict.votes(),
                verdict.agreement(),
                verdict.samples(),
                verdict.checks(),
                verdict.provenance(),
                verdict.usage(),
                verdict.classifiedAt());
    }
}
