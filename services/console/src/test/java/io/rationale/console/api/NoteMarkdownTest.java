package io.rationale.console.api;

import static io.rationale.console.Events.V1;
import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.console.Events;
import io.rationale.console.taxonomies.KnownTaxonomies;
import io.rationale.core.audit.AuditEvent;
import io.rationale.core.note.Context;
import io.rationale.core.note.Note;
import io.rationale.core.taxonomy.Taxonomies;
import io.rationale.core.verdict.Evidence;
import io.rationale.core.verdict.TextSpan;
import io.rationale.core.verdict.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NoteMarkdownTest {
    private final NoteMarkdown markdown = new NoteMarkdown(new KnownTaxonomies(Taxonomies.ragFailures(), Map::of));

    private static NoteDetails.Detail detail(AuditEvent event, String category, String reviewer, TextSpan... deciding) {
        NoteDetails.VersionLabel label = new NoteDetails.VersionLabel(
                V1, category, "other", reviewer, null, Verdict.Confidence.HIGH, 1, List.of());
        return new NoteDetails.Detail(
                event == null ? "n*1*" : event.noteId(),
                event == null ? null : "clinic",
                V1,
                category,
                reviewer != null,
                event,
                List.of(deciding),
                List.of(label),
                List.of());
    }

    @Test
    void shouldTellNoteAndDecision() {
        // given: "Note n1 is about other."
        Note note = Events.note("n1", "clinic", Events.TEN, "The dose is wrong.\nIt is too high.");
        AuditEvent event = Events.classified(
                note, V1, "other", 0.75, Events.MODEL, List.of(new Evidence("text", "The dose", 0, 8)));

        // when
        String text = markdown.of(detail(event, "other", null, new TextSpan(8, 22)));

        // then
        assertThat(text).isEqualTo("""
                        # Other

                        - Note: n1
                        - Source: clinic
                        - Label: Other (other), taxonomy rag-failures\\@1
                        - Votes: 75 % of 1 (1 Other)
                        - Confidence: high
                        - Checks: all passed
                        - Model: deepseek-r1
                        - Tokens: 160 (prompt 100, reasoning 50, answer 10)
                        - Decided: 2026-10-01T10:00:30Z

                        ## Note

                        > The dose is wrong.\\
                        > It is too high.

                        ## Reasoning

                        Because the note says so.

                        ### Sentences that decide

                        > is about other

                        ### Evidence

                        - text: “The dose”
                        """);
    }

    @Test
    void shouldTellWhoGaveTheLabel() {
        assertThat(markdown.of(detail(null, "no-error", "ada <b>"))).isEqualTo("""
                        # No error

                        - Note: n\\*1\\*
                        - Label: No error (no-error), taxonomy rag-failures\\@1, given by ada &lt;b&gt;; R1 said Other (other)
                        """);
    }

    @Test
    void shouldTellWhyNothingWasDecided() {
        AuditEvent event = Events.unclassifiable(Events.note("n1"), V1);

        assertThat(markdown.of(detail(event, null, null)))
                .startsWith("# Undecided\n")
                .contains("- Label: none", "- Reason: no-answer\n", "- Attempts: 3\n", "> The text of n1.\n");
    }

    @Test
    void shouldLeaveNothingOfWhatOthersWroteMarkup() {
        // given
        String hostile = "# <img src=x>\n\n- [a](javascript:x)\n```\n| a |\n|---|";
        Note note = new Note(
                "[id](x)",
                hostile,
                "_s_",
                Events.TEN,
                hostile,
                hostile,
                hostile,
                List.of(new Context("`c`", null, null, hostile)),
                Map.of(),
                null);
        AuditEvent event = Events.classified(note, V1, "other", 1, "*m*", List.of(new Evidence("text", hostile, 0, 5)));

        // when
        String text = markdown.of(detail(event, "other", "**r**"));

        // then
        assertThat(text.lines().filter(line -> line.startsWith("#")))
                .containsExactly(
                        "# Other",
                        "## Note",
                        "### Question",
                        "### Answer",
                        "### Expected",
                        "### Context 1 · \\`c\\`",
                        "## Reasoning",
                        "### Evidence");
        assertThat(text).doesNotContain("<").doesNotContainPattern("(?<!\\\\)[*_`|\\[\\]]");
        assertThat(text.lines().filter(line -> line.contains("img"))).hasSize(6).allSatisfy(line -> assertThat(line)
                .contains("\\# &lt;img src=x&gt;"));
    }
}
