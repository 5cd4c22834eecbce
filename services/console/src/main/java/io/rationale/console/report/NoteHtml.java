package io.rationale.console.report;

import io.rationale.console.search.NoteLabel;
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.note.Context;
import io.rationale.core.note.Note;
import io.rationale.core.r1.Usage;
import io.rationale.core.verdict.Evidence;
import io.rationale.core.verdict.Provenance;
import io.rationale.core.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One note of the report: its text with the evidence marked, beside R1's reasoning. */
final class NoteHtml {
    private static final int SUMMARY = 160;

    private final Function<String, String> nameOf;

    /** @param nameOf the name of a category id */
    NoteHtml(Function<String, String> nameOf) {
        this.nameOf = nameOf;
    }

    /** @param label what counts; the event may stand under another taxonomy version when only a person labelled it here */
    String render(NoteLabel label, AuditEvent event) {
        return switch (event) {
            case AuditEvent.Classified c ->
                details(c.note(), c.verdict().evidence(), reviewOf(label) + reasoning(c.verdict()));
            case AuditEvent.Unclassifiable u -> details(u.note(), List.of(), reviewOf(label) + failure(u));
            case AuditEvent.Reviewed r -> "";
            case AuditEvent.Erased e -> "";
        };
    }

    private static String details(Note note, List<Evidence> evidence, String judgement) {
        return "<details id=\"n-" + Html.escape(note.id()) + "\"><summary><span dir=\"auto\">"
                + Html.escape(excerpt(note.text())) + "</span> <small>" + Html.escape(note.source()) + " · "
                + Html.escape(note.id()) + "</small></summary>\n<div class=\"pair\"><section><h4>Note</h4>\n"
                + fields(note, evidence) + "</section><section><h4>Reasoning</h4>\n" + judgement
                + "</section></div></details>\n";
    }

    private static String excerpt(String text) {
        String line = PlainText.line(text);
        return line.codePointCount(0, line.length()) <= SUMMARY
                ? line
                : line.substring(0, line.offsetByCodePoints(0, SUMMARY)) + "…";
    }

    private static String fields(Note note, List<Evidence> evidence) {
        StringBuilder out = new StringBuilder(passage(note.text(), "text", evidence));
        out.append(named("Question", note.question(), "question", evidence));
        out.append(named("Answer", note.answer(), "answer", evidence));
        out.append(named("Expected", note.expected(), "expected", evidence));
        for (int i = 0; i < note.contexts().size(); i++) {
            Context context = note.contexts().get(i);
            String name = "Context " + (i + 1) + (context.id() == null ? "" : " · " + context.id());
            out.append(named(name, context.text(), "contexts[" + i + "]", evidence));
        }
        return out.toString();
    }

    private static String named(String name, String text, String field, List<Evidence> evidence) {
        return text == null ? "" : "<h5>" + Html.escape(name) + "</h5>\n" + passage(text, field, evidence);
    }

    private static String passage(String text, String field, List<Evidence> evidence) {
        return "<p class=\"text\" dir=\"auto\">" + Html.marked(text, field, evidence) + "</p>\n";
    }

    private String reviewOf(NoteLabel label) {
        if (label.review() == null) {
            return "";
        }
        String r1 = label.verdict() == null ? "R1 could not decide" : "R1 said " + nameOf.apply(label.verdict());
        return "<p class=\"review\">A person labelled this note <strong>" + Html.escape(nameOf.apply(label.review()))
                + "</strong>; " + Html.escape(r1) + ".</p>\n";
    }

    private String reasoning(Verdict verdict) {
        String whole = verdict.reasoning().whole()
                ? "<p class=\"quiet\">The whole chain of thought: the passage about this note could not be told apart.</p>\n"
                : "";
        return "<p><strong>" + Html.escape(nameOf.apply(verdict.category())) + "</strong>: <span dir=\"auto\">"
                + Html.escape(verdict.rationale()) + "</span></p>\n" + whole + "<p class=\"text\" dir=\"auto\">"
                + Html.escape(verdict.reasoning().text()) + "</p>\n<p class=\"quiet\">"
                + Html.escape(facts(verdict)) + "</p>\n";
    }

    private String facts(Verdict verdict) {
        List<String> facts = new ArrayList<>();
        if (verdict.secondary() != null) {
            facts.add("also " + nameOf.apply(verdict.secondary()));
        }
        facts.add("confidence " + verdict.confidence().code());
        facts.add(String.format(Locale.ROOT, "agreement %.2f", verdict.agreement()));
        facts.addAll(Doubts.of(verdict.checks()));
        Provenance made = verdict.provenance();
        facts.add(
                "model " + made.model() + (Provenance.isSimulated(made.model()) ? " (simulator, not a real R1)" : ""));
        facts.add("prompt " + made.promptVersion());
        facts.add(tokens(verdict.usage()));
        facts.add("taxonomy " + verdict.taxonomy());
        facts.add(verdict.classifiedAt().toString());
        return facts.stream().collect(Collectors.joining(" · "));
    }

    private static String failure(AuditEvent.Unclassifiable failure) {
        return "<p><strong>R1 could not decide</strong>: " + Html.escape(failure.reason()) + ". "
                + Html.escape(failure.cause()) + "</p>\n<p class=\"quiet\">"
                + Html.escape(failure.attempts() + " attempts · " + tokens(failure.usage()) + " · " + failure.at())
                + "</p>\n";
    }

    private static String tokens(Usage usage) {
        return String.format(Locale.ROOT, "%,.0f tokens", usage.total());
    }
}
