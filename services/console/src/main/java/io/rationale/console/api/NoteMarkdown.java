package io.rationale.console.api;

import io.rationale.console.report.Doubts;
import io.rationale.console.report.MarkdownText;
import io.rationale.console.taxonomies.KnownTaxonomies;
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.note.Context;
import io.rationale.core.note.Note;
import io.rationale.core.r1.Usage;
import io.rationale.core.taxonomy.Category;
import io.rationale.core.taxonomy.TaxonomyRef;
import io.rationale.core.verdict.Provenance;
import io.rationale.core.verdict.TextSpan;
import io.rationale.core.verdict.Verdict;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A note and what was decided about it in Markdown, for people to paste elsewhere. Thread safe. */
@Singleton
public class NoteMarkdown {
    private final KnownTaxonomies taxonomies;

    public NoteMarkdown(KnownTaxonomies taxonomies) {
        this.taxonomies = taxonomies;
    }

    /** What notes, models and people wrote is text in it, never markup. */
    public String of(NoteDetails.Detail note) {
        Page page = new Page();
        page.heading(1, note.category() == null ? "Undecided" : name(note.taxonomy(), note.category()));
        page.item("Note", note.noteId());
        page.item("Source", note.source());
        page.item("Label", label(note));
        switch (note.event()) {
            case AuditEvent.Classified judged -> add(page, judged, note.deciding());
            case AuditEvent.Unclassifiable failure -> add(page, failure);
            case AuditEvent.Reviewed reviewed -> {
                // Not shown: a review holds no note.
            }
            case AuditEvent.Erased erased -> {
                // Not shown: an erasure holds no note.
            }
            case null -> {
                // Only a person said something so far.
            }
        }
        return page.text();
    }

    private String label(NoteDetails.Detail note) {
        String under = ", taxonomy " + note.taxonomy();
        String label = note.category() == null ? "none" : named(note.taxonomy(), note.category());
        return note.labels().stream()
                .filter(each -> each.taxonomy().equals(note.taxonomy()) && each.reviewer() != null)
                .findFirst()
                .map(each -> label + under + ", given by " + each.reviewer() + "; "
                        + (each.verdict() == null
                                ? "R1 could not decide"
                                : "R1 said " + named(note.taxonomy(), each.verdict())))
                .orElse(label + under);
    }

    private void add(Page page, AuditEvent.Classified judged, List<TextSpan> deciding) {
        Verdict verdict = judged.verdict();
        Provenance made = verdict.provenance();
        if (verdict.secondary() != null) {
            page.item("Also", named(verdict.taxonomy(), verdict.secondary()));
        }
        page.item("Votes", votes(verdict));
        page.item("Confidence", verdict.confidence().code());
        List<String> doubts = Doubts.of(verdict.checks());
        page.item("Checks", doubts.isEmpty() ? "all passed" : String.join("; ", doubts));
        page.item("Model", made.model() + (Provenance.isSimulated(made.model()) ? " (simulator, not a real R1)" : ""));
        page.item("Tokens", tokens(verdict.usage()));
        page.item("Decided", verdict.classifiedAt().toString());
        add(page, judged.note());
        page.heading(2, "Reasoning");
        page.paragraph(verdict.rationale());
        if (!deciding.isEmpty()) {
            page.heading(3, "Sentences that decide");
            String thought = verdict.reasoning().text();
            deciding.forEach(span -> page.quotation(part(thought, span)));
        }
        if (!verdict.evidence().isEmpty()) {
            page.heading(3, "Evidence");
            verdict.evidence().forEach(evidence -> page.item(evidence.field(), "“" + evidence.quote() + "”"));
        }
    }

    private static void add(Page page, AuditEvent.Unclassifiable failure) {
        page.item("Reason", failure.reason());
        page.item("Cause", failure.cause());
        page.item("Attempts", String.valueOf(failure.attempts()));
        page.item("Tokens", tokens(failure.usage()));
        page.item("Given up", failure.at().toString());
        add(page, failure.note());
    }

    private static void add(Page page, Note note) {
        page.heading(2, "Note");
        page.quotation(note.text());
        page.field("Question", note.question());
        page.field("Answer", note.answer());
        page.field("Expected", note.expected());
        for (int i = 0; i < note.contexts().size(); i++) {
            Context context = note.contexts().get(i);
            page.field("Context " + (i + 1) + (context.id() == null ? "" : " · " + context.id()), context.text());
        }
    }

    private static String part(String text, TextSpan span) {
        int start = text.offsetByCodePoints(0, span.start());
        return text.substring(start, text.offsetByCodePoints(start, span.end() - span.start()));
    }

    private String votes(Verdict verdict) {
        int all = verdict.votes().values().stream().mapToInt(Integer::intValue).sum();
        String counted = verdict.votes().entrySet().stream()
                .map(vote -> vote.getValue() + " " + name(verdict.taxonomy(), vote.getKey()))
                .collect(Collectors.joining(", "));
        return String.format(Locale.ROOT, "%.0f %% of %d (%s)", 100 * verdict.agreement(), all, counted);
    }

    private static String tokens(Usage usage) {
        return String.format(
                Locale.ROOT,
                "%,.0f (prompt %,.0f, reasoning %,.0f, answer %,.0f)",
                usage.total(),
                usage.prompt(),
                usage.reasoning(),
                usage.answer());
    }

    private String named(TaxonomyRef taxonomy, String category) {
        return name(taxonomy, category) + " (" + category + ")";
    }

    private String name(TaxonomyRef taxonomy, String category) {
        return taxonomies
                .find(taxonomy)
                .flatMap(version -> version.category(category))
                .map(Category::name)
                .orElse(category);
    }

    /** What is written so far. */
    private static final class Page {
        private final StringBuilder out = new StringBuilder();
        private boolean inList;

        void heading(int level, String text) {
            gap(false);
            out.append("#".repeat(level))
                    .append(' ')
                    .append(MarkdownText.line(text))
                    .append('\n');
        }

        /** Nothing for a value that is null. */
        void item(String name, String value) {
            if (value != null) {
                gap(true);
                String safe = MarkdownText.line(name) + ": " + MarkdownText.line(value);
                out.append("- ").append(safe).append('\n');
            }
        }

        void paragraph(String text) {
            if (!text.isBlank()) {
                gap(false);
                out.append(MarkdownText.line(text)).append('\n');
            }
        }

        void quotation(String text) {
            gap(false);
            out.append(MarkdownText.quotation(text));
        }

        void field(String name, String text) {
            if (text != null) {
                heading(3, name);
                quotation(text);
            }
        }

        private void gap(boolean list) {
            if (!out.isEmpty() && !(list && inList)) {
                out.append('\n');
            }
            inList = list;
        }

        String text() {
            return out.toString();
        }
    }
}
