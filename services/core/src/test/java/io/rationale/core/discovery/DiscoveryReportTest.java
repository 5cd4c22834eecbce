package io.rationale.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.core.r1.Usage;
import io.rationale.core.taxonomy.Category;
import io.rationale.core.taxonomy.Taxonomies;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiscoveryReportTest {
    private static final String HOSTILE = "<script>alert('x')</script> & \"q\" [a](javascript:b) `c`";

    @TempDir
    Path directory;

    @Test
    void shouldWriteAProposalThatReadsBackEqual() throws IOException {
        // given
        DiscoveryResult result = result("Late # answers: \"all\"", "a\nb # c\r\n\u2028- d", "note\n# id\uFFFE\uFFFF");

        // when
        String yaml = ProposalYaml.of(result);

        // then
        assertThat(read(yaml)).isEqualTo(result.taxonomy());
        assertThat(yaml)
                .contains("# Share 25.0 % (95 % interval 20.0 to 30.0), 12 notes of the sample.")
                .contains("# Found in 2 of 3 runs; the runs agree about its notes to 0.50 (mean Jaccard similarity).")
                .contains("# From note note # id (text).");
    }

    @Test
    void shouldReadBackEqualWhateverModelsWrite() throws IOException {
        long seed = Long.getLong("rationale.seed", new Random().nextLong());
        System.out.println("rationale.seed=" + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            // given
            DiscoveryResult result = result(text(random), text(random), text(random));

            // when, then
            assertThat(read(ProposalYaml.of(result)))
                    .as("seed %d, round %d", seed, i)
                    .isEqualTo(result.taxonomy());
        }
    }

    @Test
    void shouldShowTheChainOfThoughtOfEveryCall() {
        // given
        DiscoveryReport report = report(result("Late", "Too late.", "1"));

        // when, then
        assertThat(report.markdown())
                .contains("### Call 1\\: Patterns of 12 notes, run 1")
                .contains("thinking about e1")
                .contains("The exchange is not at hand");
        assertThat(report.html())
                .contains("thinking about e1")
                .contains("<h3>Call 1: Patterns of 12 notes, run 1</h3>");
    }

    @Test
    void shouldTakeAllWordsAsText() {
        // given
        DiscoveryReport report = new DiscoveryReport(
                result(HOSTILE, HOSTILE, HOSTILE),
                id -> Optional.of(new DiscoveryReport.Thought(HOSTILE + "\n````\n# x", HOSTILE)));

        // when
        String html = report.html();
        String markdown = report.markdown();

        // then
        assertThat(html).doesNotContain("<script", "alert('x')").contains("&lt;script&gt;");
        assertThat(outsideFences(markdown))
                .doesNotContainPattern("[^\\\\](<script|\\[a|`c)")
                .contains("\\<script\\>");
        assertThat(markdown).contains("`````text\n" + HOSTILE + "\n````\n# x\n`````");
    }

    @Test
    void shouldMakeNoListsOrLinksOfWhatNotesSay() {
        // given
        DiscoveryReport report = new DiscoveryReport(
                result("1. www.example.org", "- see http://example.org or a@example.org, v1.2 (b)", "1"),
                id -> Optional.empty());

        // when, then
        assertThat(report.markdown())
                .contains("## 1\\. www\\.example.org (late)")
                .contains("> \\- see http\\://example.org or a\\@example.org, v1.2 (b)");
    }

    private static String outsideFences(String markdown) {
        return markdown.replaceAll("(?s)(`{3,})text\n.*?\n\\1\n", "");
    }

    private Taxonomy read(String yaml) throws IOException {
        Path file = Files.writeString(directory.resolve("taxonomy.yaml"), yaml);
        return Taxonomies.read(file);
    }

    private static DiscoveryReport report(DiscoveryResult result) {
        return new DiscoveryReport(
                result,
                id -> id.equals("e1")
                        ? Optional.of(new DiscoveryReport.Thought("thinking about " + id, "{}"))
                        : Optional.empty());
    }

    private static DiscoveryResult result(String name, String text, String noteId) {
        TaxonomyRef ref = new TaxonomyRef("found", 2);
        List<Category> categories = new ArrayList<>();
        categories.add(new Category("late", null, name, text, text, List.of(text, name), text, null));
        categories.addAll(FixedCategories.ALL);
        Taxonomy taxonomy = new Taxonomy(ref.id(), ref.version(), name, Taxonomy.Status.PROPOSED, categories, Map.of());
        Finding late =
                new Finding("late", 2.0 / 3, 0.5, 0.25, 0.2, 0.3, 12, List.of(new Example(noteId, "text", text, 0, 1)));
        return new DiscoveryResult(
                taxonomy,
                List.of(
                        late,
                        new Finding("no-error", null, null, 0, 0, 0.1, 0, null),
                        new Finding("other", null, null, 0.75, 0.7, 0.8, 36, null)),
                0.8,
                3,
                48,
                48,
                48,
                48,
                1,
                List.of(new DroppedPattern(name, 0, "None of its 2 quotes stands in the note.")),
                List.of(
                        new StepSummary(1, Step.Kind.NAME, 1, 12, "e1", "complete", "1 patterns"),
                        new StepSummary(2, Step.Kind.MERGE, 0, 0, "e2", "complete", "2 patterns are 1")),
                new Usage(1000, 2000, 300, 0));
    }

    /** Any characters that a model may write, and those that YAML gives a meaning. */
    private static String text(Random random) {
        StringBuilder text = new StringBuilder("x");
        for (int i = random.nextInt(30); i > 0; i--) {
            String special = ":#-?'\"\\{}[]&*!|>%@`, \n\r\t~\u0085\u2028\u00a0\ufeff";
            if (random.nextInt(3) == 0) {
                text.append(special.charAt(random.nextInt(special.length())));
            } else {
                int codePoint = random.nextInt(0x2FFFF);
                text.appendCodePoint(
                        Character.getType(codePoint) == Character.SURROGATE || codePoint < 0x20 ? 'y' : codePoint);
            }
        }
        return text.toString();
    }
}
