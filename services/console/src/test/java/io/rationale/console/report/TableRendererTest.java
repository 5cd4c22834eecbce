package io.rationale.console.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.rationale.core.json.Json;
import io.rationale.core.statistics.CategoryTable;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableRendererTest {
    private static final String HOSTILE =
            "<script>alert(1)</script> | `rm` *b* _i_ [x](http://e.vil) =1+1 & \u001b[31m";

    private static final CategoryTable TABLE = Tables.of(
            "lexical-stand-in",
            Tables.row("Missed retrieval", 11, 40, "It says nothing was found.", HOSTILE),
            Tables.row("漢字と絵文字👍", 29, 40, "=cmd()|' /C calc'!A0", "\u202Eevil\u202C سلام"));

    private static String render(TableFormat format) {
        return TableRenderer.render(TABLE, format, 72);
    }

    @Test
    void shouldAlignColumnsByDisplayWidth() {
        List<String> lines = render(TableFormat.TEXT).lines().toList();

        String latin =
                lines.stream().filter(l -> l.startsWith("Missed")).findFirst().orElseThrow();
        String wide = lines.stream().filter(l -> l.startsWith("漢字")).findFirst().orElseThrow();
        assertThat(latin).endsWith("   11     27.5 % (16.1-42.8)");
        assertThat(DisplayWidth.of(latin)).isEqualTo(DisplayWidth.of(wide));
        assertThat(lines).allSatisfy(line -> assertThat(DisplayWidth.of(line)).isLessThanOrEqualTo(72));
    }

    @Test
    void shouldSayFirstWhenTheSimulatorAnswered() {
        assertThat(render(TableFormat.TEXT))
                .startsWith("Answered by the R1 simulator (lexical stand-in), not by a real R1.\n");
        assertThat(TableRenderer.render(Tables.of("deepseek-r1", Tables.row("Other", 1, 1)), TableFormat.TEXT, 72))
                .doesNotContain("simulator");
    }

    @Test
    void shouldGiveTotals() {
        assertThat(render(TableFormat.TEXT))
                .contains("40 notes decided, 2 undecided.")
                .contains("Model: lexical-stand-in (40 notes).")
                .contains("Tokens: 12,345 (prompt 9,000, reasoning 3,000, answer 345).");
    }

    @Test
    void shouldLetNoControlCharacterReachTheTerminal() {
        assertThat(render(TableFormat.TEXT).codePoints().filter(c -> c != '\n'))
                .noneMatch(c -> Character.isISOControl(c) || (c >= 0x202A && c <= 0x202E));
    }

    @Test
    void shouldWrapLongWordsAndCutLongQuotes() {
        CategoryTable table = Tables.of("r1", Tables.row("Other", 1, 1, "x".repeat(500)));

        List<String> quote = TableRenderer.render(table, TableFormat.TEXT, 50)
                .lines()
                .filter(line -> line.startsWith("    "))
                .toList();

        assertThat(quote).hasSize(3).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(50));
        assertThat(quote.getLast()).endsWith("…”");
    }

    @Test
    void shouldKeepMarkdownInertAndItsTableWhole() {
        String markdown = render(TableFormat.MARKDOWN);

        List<String> rows =
                markdown.lines().filter(line -> line.startsWith("|")).toList();
        assertThat(rows).hasSize(4);
        assertThat(rows).allSatisfy(row -> assertThat(row.replaceAll("\\\\.", ""))
                .satisfies(
                        cells -> assertThat(cells.chars().filter(c -> c == '|')).hasSize(5)));
        assertThat(markdown)
                .doesNotContain("<script")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt; \\| \\`rm\\` \\*b\\* \\_i\\_ \\[x\\](http\\://e.vil)");
    }

    @Test
    void shouldEscapeWhatMarkdownReadsAtTheStartOfALine() {
        assertThat(MarkdownText.line("- item")).isEqualTo("\\- item");
        assertThat(MarkdownText.line("12. item")).isEqualTo("12\\. item");
        assertThat(MarkdownText.line("# head")).isEqualTo("\\# head");
        assertThat(MarkdownText.line("a\n\nb")).isEqualTo("a  b");
        assertThat(MarkdownText.line("see www.example.org")).isEqualTo("see www\\.example.org");
        assertThat(MarkdownText.line("C:\\dir")).isEqualTo("C:\\\\dir");
    }

    @Test
    void shouldWriteHtmlWithoutAnyForeignElement() {
        String html = render(TableFormat.HTML);

        assertThat(html)
                .doesNotContain("<script")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                .contains("content=\"default-src 'none'; style-src 'unsafe-inline'\"")
                .contains("27.5 % (16.1-42.8)");
    }

    @Test
    void shouldNeutraliseSpreadsheetFormulas() {
        String csv = render(TableFormat.CSV);

        assertThat(csv)
                .startsWith("category,name,parent,count,share,low,high,agreement,example1,example2,example3\r\n")
                .contains(",'=cmd()|' /C calc'!A0,")
                .contains("missed-retrieval,Missed retrieval,retrieval,11,0.275000,");
    }

    @Test
    void shouldWriteTheSameJsonEachTime() throws JsonProcessingException {
        String json = render(TableFormat.JSON);

        JsonNode tree = Json.mapper().readTree(json);
        assertThat(json).isEqualTo(render(TableFormat.JSON)).endsWith("}\n");
        assertThat(tree.path("simulated").asBoolean()).isTrue();
        assertThat(tree.path("rows")
                        .path(0)
                        .path("examples")
                        .path(1)
                        .path("quote")
                        .asText())
                .isEqualTo(HOSTILE);
        assertThat(Json.mapper().readValue(json, CategoryTable.class)).isEqualTo(TABLE);
    }
}
