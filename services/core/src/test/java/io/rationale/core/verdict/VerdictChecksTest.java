package io.rationale.core.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.core.note.Context;
import io.rationale.core.note.Note;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictChecksTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "so this is wrong-format. | true",
                "so this is **Wrong Format** | true",
                "WRONG_FORMAT it is | true",
                "this names the category: Bad shape! | true",
                "the format is wrong | false",
                "wrong-formatting | false",
                "not-wrong-formats | false"
            })
    void shouldSayWhetherTheReasoningNamesTheLabel(String passage, boolean named) {
        assertThat(VerdictChecks.labelNamed(passage, "wrong-format", "Bad shape"))
                .isEqualTo(named);
    }

    @Test
    void shouldNoticeAClauseInAnotherScript() {
        assertThat(VerdictChecks.mixedScript("The note 这个注释说明了检索失败 so", note("The dose is wrong")))
                .isTrue();
        assertThat(VerdictChecks.mixedScript("The note это ошибка поиска so", note("剂量错误")))
                .isTrue();
    }

    @Test
    void shouldNotMindForeignNamesSignsOrTheNotesOwnScript() {
        assertThat(VerdictChecks.mixedScript(
                        "The σ and μ of 北京 are fine 😀😀😀😀😀😀😀😀😀 ½", note("The dose is wrong")))
                .isFalse();
        assertThat(VerdictChecks.mixedScript("这个注释说明了检索失败", note("剂量错误"))).isFalse();
        assertThat(VerdictChecks.mixedScript("", note("ok"))).isFalse();
    }

    @Test
    void shouldNotMindTheScriptOfTheReportThatComesWithTheNote() {
        // given
        Note asked = new Note("i", "No answer", "s", null, "为什么检索会失败", null, null, null, null, null);
        Note given = new Note(
                "i", "No answer", "s", null, null, null, null, List.of(new Context("c", 1, null, "检索")), null, null);

        // then
        assertThat(VerdictChecks.mixedScript("They ask 为什么检索会失败", asked)).isFalse();
        assertThat(VerdictChecks.mixedScript("They ask 为什么检索会失败", given)).isFalse();
    }

    private static Note note(String text) {
        return Note.of("i", "s", text);
    }
}
