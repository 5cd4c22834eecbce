package io.rationale.console.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rationale.console.notes.AuditRecord;
import io.rationale.console.search.Check;
import io.rationale.console.search.IndexedNote;
import io.rationale.console.search.NoteLabel;
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.note.Note;
import io.rationale.core.r1.Usage;
import io.rationale.core.verdict.Evidence;
import io.rationale.core.verdict.ExchangePointer;
import io.rationale.core.verdict.Verdict;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One note with its current label and the decision behind it. What R1 said is null, or empty, where R1 could not decide;
 * where only a person labelled the note under this version, it is what R1 said under another.
 *
 * @param noteId            the note
 * @param source            where it comes from
 * @param observedAt        when the failure was seen, else Kafka's timestamp
 * @param text              the note itself
 * @param taxonomy          the version of the label, as {@code id@version}
 * @param category          the label that counts; null for undecided
 * @param secondary         R1's second label
 * @param reviewed          whether a person gave the label
 * @param reviewer          who
 * @param verdict           R1's own label
 * @param verdictTaxonomy   the version that R1 judged under
 * @param confidence        as R1 stated it
 * @param agreement         of the votes, 0 to 1
 * @param votes             how often each label was sampled
 * @param quotes            of the evidence
 * @param rationale         one sentence
 * @param reasoning         the passage of the chain of thought
 * @param failure           why R1 could not decide
 * @param model             that judged
 * @param promptVersion     of the prompt's wording
 * @param promptTokens      this note's share, as all tokens here
 * @param reasoningTokens   of the chain of thought
 * @param answerTokens      of the answer
 * @param cachedTokens      of the prompt, those that the server's cache held
 * @param failedChecks      checks of the verdict that failed
 * @param decidedAt         when R1 judged or was given up
 * @param exchangeId        key of the exchange with the reasoning
 * @param exchangePartition where it stands
 * @param exchangeOffset    there
 * @param exchangeSha256    of that record's value
 * @param auditPartition    where the decision stands in the audit
 * @param auditOffset       there
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record VerdictRow(
        String noteId,
        String source,
        Instant observedAt,
        String text,
        String taxonomy,
        String category,
        String secondary,
        boolean reviewed,
        String reviewer,
        String verdict,
        String verdictTaxonomy,
        String confidence,
        Double agreement,
        Map<String, Integer> votes,
        List<String> quotes,
        String rationale,
        String reasoning,
        String failure,
        String model,
        String promptVersion,
        Double promptTokens,
        Double reasoningTokens,
        Double answerTokens,
        Double cachedTokens,
        List<String> failedChecks,
        Instant decidedAt,
        String exchangeId,
        Integer exchangePartition,
        Long exchangeOffset,
        String exchangeSha256,
        int auditPartition,
        long auditOffset) {
    public VerdictRow {
        votes = Collections.unmodifiableSortedMap(new TreeMap<>(votes));
        quotes = List.copyOf(quotes);
        failedChecks = List.copyOf(failedChecks);
    }

    /** @param shown the record that shows the note as it was judged: no review */
    static VerdictRow of(IndexedNote note, NoteLabel label, AuditRecord shown) {
        return switch (shown.event()) {
            case AuditEvent.Classified event -> judged(note, label, shown, event);
            case AuditEvent.Unclassifiable event -> failed(note, label, shown, event);
            case AuditEvent.Reviewed event -> throw new IllegalArgumentException("a review shows no note");
            case AuditEvent.Erased event -> throw new IllegalArgumentException("an erasure shows no note");
        };
    }

    private static VerdictRow judged(
            IndexedNote note, NoteLabel label, AuditRecord shown, AuditEvent.Classified event) {
        Verdict verdict = event.verdict();
        ExchangePointer exchange = verdict.reasoning().exchange();
        return row(note, label, shown, event.note(), verdict, null, verdict.usage(), exchange);
    }

    private static VerdictRow failed(
            IndexedNote note, NoteLabel label, AuditRecord shown, AuditEvent.Unclassifiable event) {
        ExchangePointer exchange =
                event.exchanges().isEmpty() ? null : event.exchanges().getLast();
        String failure = event.cause().isEmpty() ? event.reason() : event.reason() + ": " + event.cause();
        return row(note, label, shown, event.note(), null, failure, event.usage(), exchange);
    }

    private static VerdictRow row(
            IndexedNote note,
            NoteLabel label,
            AuditRecord shown,
            Note judged,
            Verdict verdict,
            String failure,
            Usage usage,
            ExchangePointer exchange) {
        return new VerdictRow(
                note.noteId(),
                note.source(),
                note.observedAt(),
                judged.text(),
                label.taxonomy().toString(),
                label.category(),
                verdict == null ? null : verdict.secondary(),
                label.review() != null,
                label.reviewer(),
                verdict == null ? null : verdict.category(),
                verdict == null ? null : verdict.taxonomy().toString(),
                verdict == null ? null : verdict.confidence().code(),
                verdict == null ? null : verdict.agreement(),
                verdict == null ? Map.of() : verdict.votes(),
                verdict == null
                        ? List.of()
                        : verdict.evidence().stream().map(Evidence::quote).toList(),
                verdict == null ? null : verdict.rationale(),
                verdict == null ? null : verdict.reasoning().text(),
                failure,
                verdict == null ? null : verdict.provenance().model(),
                verdict == null ? null : verdict.provenance().promptVersion(),
                usage.prompt(),
                usage.reasoning(),
                usage.answer(),
                usage.cached(),
                verdict == null
                        ? List.of()
                        : Check.failedOf(verdict.checks()).stream()
                                .map(Check::code)
                                .toList(),
                shown.event().at(),
                exchange == null ? null : exchange.id(),
                exchange == null ? null : exchange.partition(),
                exchange == null ? null : exchange.offset(),
                exchange == null ? null : exchange.sha256(),
                shown.partition(),
                shown.offset());
    }
}
