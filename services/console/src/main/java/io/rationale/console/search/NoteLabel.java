package io.rationale.console.search;

import io.rationale.core.audit.AuditEvent;
import io.rationale.core.note.Note;
import io.rationale.core.review.Selection;
import io.rationale.core.taxonomy.TaxonomyRef;
import io.rationale.core.verdict.Evidence;
import io.rationale.core.verdict.Verdict;
import java.util.List;
import java.util.Objects;

/**
 * What is decided about one note under one taxonomy version.
 *
 * @param taxonomy   the version
 * @param verdict    R1's category, or null while R1 could not decide or was not asked
 * @param review     a person's category, which stands above any verdict; null without one
 * @param reviewer   who gave it, or null
 * @param drawn      whether any review was one of a random sample
 * @param secondary  R1's second category, or null
 * @param quote      first quote of the evidence, or null
 * @param verbatim   first quote of the evidence that stands in the note letter by letter, or null
 * @param confidence as R1 stated it
 * @param agreement  of the votes, 0 to 1
 * @param failed     checks of the verdict that failed
 * @param model      that gave the verdict, or null
 * @param shown      the audit record that decided: the latest verdict, else the latest failure; null when only a person
 *                   said something
 * @param spent      on the latest verdict, else on the latest failure; null while only a person said something
 */
public record NoteLabel(
        TaxonomyRef taxonomy,
        String verdict,
        String review,
        String reviewer,
        boolean drawn,
        String secondary,
        String quote,
        String verbatim,
        Verdict.Confidence confidence,
        double agreement,
        List<Check> failed,
        String model,
        Position shown,
        Spent spent) {
    public NoteLabel {
        Objects.requireNonNull(taxonomy, "taxonomy");
        confidence = confidence == null ? Verdict.Confidence.UNSTATED : confidence;
        failed = failed == null ? List.of() : List.copyOf(failed);
    }

    static NoteLabel none(TaxonomyRef taxonomy) {
        return new NoteLabel(taxonomy, null, null, null, false, null, null, null, null, 0, null, null, null, null);
    }

    NoteLabel with(AuditEvent event, Position at) {
        return switch (event) {
            case AuditEvent.Classified classified -> judged(classified, at);
            case AuditEvent.Unclassifiable failure -> verdict == null ? failed(failure, at) : this;
            case AuditEvent.Reviewed reviewed -> reviewed(reviewed);
            case AuditEvent.Erased erased -> withoutWords();
        };
    }

    private NoteLabel judged(AuditEvent.Classified event, Position at) {
        Verdict v = event.verdict();
        return new NoteLabel(
                taxonomy,
                v.category(),
                review,
                reviewer,
                drawn,
                v.secondary(),
                v.evidence().stream()
                        .map(evidence -> Texts.bounded(evidence.quote()))
                        .findFirst()
                        .orElse(null),
                v.evidence().stream()
                        .filter(evidence -> isVerbatim(evidence, event.note()))
                        .map(Evidence::quote)
                        .findFirst()
                        .orElse(null),
                v.confidence(),
                v.agreement(),
                Check.failedOf(v.checks()),
                v.provenance().model(),
                at,
                new Spent(v.usage(), v.provenance().attempts(), v.provenance().batchSize()));
    }

    /** Whether the quote really stands in the field that it names: an example is shown as the note's own words. */
    private static boolean isVerbatim(Evidence evidence, Note note) {
        String quote = evidence.quote();
        String field = fieldOf(note, evidence.field());
        return !quote.isBlank() && quote.length() <= Texts.MOST_CHARACTERS && field != null && field.contains(quote);
    }

    private static String fieldOf(Note note, String field) {
        return switch (field) {
            case "text" -> note.text();
            case "question" -> note.question();
            case "answer" -> note.answer();
            case "expected" -> note.expected();
            default -> contextOf(note, field);
        };
    }

    private static String contextOf(Note note, String field) {
        for (int i = 0; i < note.contexts().size(); i++) {
            if (field.equals("contexts[" + i + "]")) {
                return note.contexts().get(i).text();
            }
        }
        return null;
    }

    private NoteLabel failed(AuditEvent.Unclassifiable failure, Position at) {
        return new NoteLabel(
                taxonomy,
                verdict,
                review,
                reviewer,
                drawn,
                secondary,
                quote,
                verbatim,
                confidence,
                agreement,
                failed,
                model,
                at,
                new Spent(failure.usage(), failure.attempts(), 1));
    }

    /** The same without anything that the note says. */
    NoteLabel withoutWords() {
        return new NoteLabel(
                taxonomy,
                verdict,
                review,
                reviewer,
                drawn,
                secondary,
                null,
                null,
                confidence,
                agreement,
                failed,
                model,
                shown,
                spent);
    }

    private NoteLabel reviewed(AuditEvent.Reviewed event) {
        return new NoteLabel(
                taxonomy,
                verdict,
                event.newCategory(),
                event.reviewer(),
                drawn || event.selection() == Selection.RANDOM,
                secondary,
                quote,
                verbatim,
                confidence,
                agreement,
                failed,
                model,
                shown,
                spent);
    }

    /** The label that counts: the review, else the verdict, else null for undecided. */
    public String category() {
        return review != null ? review : verdict;
    }

    /** The verdict's agreement; a person who labelled what R1 could not is of one mind. */
    public double standing() {
        return verdict == null && review != null ? 1 : agreement;
    }
}
