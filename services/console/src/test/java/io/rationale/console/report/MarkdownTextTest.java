package io.rationale.console.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkdownTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '%',
            value = {
                "<img src=x onerror=alert(1)>  | &lt;img src=x onerror=alert(1)&gt;",
                "&lt;b&gt;                     | &amp;lt;b&amp;gt;",
                "![x](javascript:alert(1))     | !\\[x\\](javascript:alert(1))",
                "[x]: https://e.vil            | \\[x\\]: https\\://e.vil",
                "**b** _i_ `c` ~~s~~ $m$       | \\*\\*b\\*\\* \\_i\\_ \\`c\\` \\~\\~s\\~\\~ \\$m\\$",
                "@team #12 a@b.example         | \\@team \\#12 a\\@b.example",
                "www.e.vil                     | www\\.e.vil",
                ":-:                           | \\:-:",
                "---                           | \\---",
                "===                           | \\===",
                "> quoted                      | &gt; quoted",
                "1) one                        | 1\\) one",
                "\\<b>                         | \\\\&lt;b&gt;",
            })
    void shouldMakeMarkupText(String untrusted, String expected) {
        assertThat(MarkdownText.line(untrusted)).isEqualTo(expected);
    }

    @Test
    void shouldKeepEverythingInsideTheQuotation() {
        assertThat(MarkdownText.quotation("  one\r\n\n\n    two\u2028# three\r```\n<script>"))
                .isEqualTo("> one\n>\n>\n> two\\\n> \\# three\\\n> \\`\\`\\`\\\n> &lt;script&gt;\n");
        assertThat(MarkdownText.quotation("")).isEqualTo(">\n");
    }
}
