package io.rationale.core.discovery;

import io.rationale.core.taxonomy.Category;
import java.util.Optional;
import java.util.function.Function;

/**
 * The report of a discovery for people, as Markdown and as HTML: the categories with stability, share and examples, what
 * was dropped and why, and the chain of thought of every call. Whatever notes and models wrote stands there as text.
 */
public final class DiscoveryReport {
    private final DiscoveryResult result;
    private final Function<String, Optional<Thought>> thoughts;

    /** What R1 thought and answered in one call. */
    public record Thought(String reasoning, String answer) {}

    /** @param thoughts by exchange id; empty where the exchange is not at hand */
    public DiscoveryReport(DiscoveryResult result, Function<String, Optional<Thought>> thoughts) {
        this.result = result;
        this.thoughts = thoughts;
    }

    /** The report as Markdown. */
    public String markdown() {
        return written(new MarkdownPage());
    }

    /** The report as one HTML file that needs nothing else. */
    public String html() {
        return written(new HtmlPage());
    }

    private String written(ReportPage page) {
        page.title("Recurring problems: " + result.taxonomy().id() + "@"
                + result.taxonomy().version());
        page.paragraph("From " + ReportWords.basis(result));
        page.paragraph(ReportWords.agreement(result));
        page.paragraph(ReportWords.cost(result));
        if (result.undecided() > 0) {
            page.paragraph(result.undecided()
                    + " notes of the sample got no label that could be used; the shares are of" + " those that did.");
        }
        result.taxonomy().categories().forEach(category -> result.known(category.id())
                .ifPresent(finding -> category(page, category, finding)));
        if (!result.dropped().isEmpty()) {
            page.heading("Dropped");
            result.dropped()
                    .forEach(dropped -> page.item((dropped.name().isEmpty() ? "(without a name)" : dropped.name())
                            + ": " + dropped.reason() + " (run " + (dropped.run() + 1) + ")"));
        }
        page.heading("Every call, with its chain of thought");
        result.steps().forEach(step -> step(page, step));
        return page.end();
    }

    private void category(ReportPage page, Category category, Finding finding) {
        page.heading(category.name() + " (" + category.id() + ")");
        page.paragraph(category.definition());
        if (category.notThis() != null) {
            page.paragraph("Not: " + category.notThis());
        }
        page.paragraph(ReportWords.share(finding));
        if (finding.stability() != null) {
            page.paragraph(ReportWords.stability(finding, result.runs()));
        }
        finding.examples().forEach(example -> page.quote(example.quote(), "note " + example.noteId()));
        if (category.remedy() != null) {
            page.paragraph("Remedy: " + category.remedy());
        }
    }

    private void step(ReportPage page, StepSummary step) {
        page.subheading(ReportWords.about(step));
        page.paragraph(step.result() + " (" + step.outcome() + "; exchange " + step.exchangeId() + ")");
        thoughts.apply(step.exchangeId())
                .ifPresentOrElse(
                        thought -> {
                            page.verbatim(
                                    "Chain of thought", thought.reasoning().strip());
                            page.verbatim("Answer", thought.answer().strip());
                        },
                        () -> page.paragraph("The exchange is not at hand."));
    }
}
