package io.rationale.console.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.core.verdict.Evidence;
import java.util.List;
import org.junit.jupiter.api.Test;

class HtmlTest {
    @Test
    void shouldEscapeEverythingThatMeansSomething() {
        assertThat(Html.escape("<a href=\"x\" b='y'>&\u0000\uD800</a>"))
                .isEqualTo("&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt;&amp;\uFFFD\uFFFD&lt;/a&gt;");
    }

    @Test
    void shouldMarkEvidenceByCodePoints() {
        Evidence evidence = new Evidence("text", "<b>", 2, 5);

        assertThat(Html.marked("👍 <b>!", "text", List.of(evidence))).isEqualTo("👍 <mark>&lt;b&gt;</mark>!");
    }

    @Test
    void shouldJoinOverlapsAndLeaveOutWhatDoesNotFit() {
        List<Evidence> evidence = List.of(
                new Evidence("text", "cd", 2, 4),
                new Evidence("text", "bc", 1, 3),
                new Evidence("answer", "a", 0, 1),
                new Evidence("text", "far", 4, 99));

        assertThat(Html.marked("abcdef", "text", evidence)).isEqualTo("a<mark>bcd</mark>ef");
    }

    @Test
    void shouldTakeOnlyColoursAsColours() {
        assertThat(HtmlTable.colour("#12aBef")).isEqualTo("#12aBef");
        assertThat(HtmlTable.colour("red;background:url(//e.vil)")).isEqualTo("#8a8f98");
        assertThat(HtmlTable.colour(null)).isEqualTo("#8a8f98");
    }
}
