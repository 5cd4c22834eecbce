package io.rationale.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.core.note.Note;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class NearDuplicatesTest {
    @Test
    void shouldFoldWhatDiffersInCaseAndWhiteSpaceOnly() {
        assertThat(folded("Wrong price.", "  wrong\tPRICE. ")).hasSize(1);
    }

    @Test
    void shouldFoldWhatDiffersInAWord() {
        // given
        String long1 = "The assistant quoted the price list of last year although the one of this year is in the same"
                + " folder and was uploaded three weeks ago, ticket 4711.";

        // when
        List<SampledNote> folded = folded(long1, long1.replace("4711", "4712"));

        // then
        assertThat(folded).singleElement().satisfies(note -> {
            assertThat(note.multiplicity()).isEqualTo(2);
            assertThat(note.weight()).isEqualTo(2);
            assertThat(note.note().text()).isEqualTo(long1);
        });
    }

    @Test
    void shouldFoldTextWithoutSpaces() {
        // given
        String note = "客服机器人引用了去年的价目表，而今年的价目表就在同一个文件夹里，三周前就已经上传了，编号四七一一。";

        // when, then
        assertThat(folded(note, note.replace("四七一一", "四七一二"))).hasSize(1);
        assertThat(folded(note, "搜索结果里没有找到我们部门的新手册，虽然它上周就已经发布了。")).hasSize(2);
    }

    @Test
    void shouldKeepApartWhatSharesAPhrase() {
        assertThat(folded(
                        "The answer is wrong because the manual was never loaded.",
                        "The answer is wrong because the figures were mixed up.",
                        "!",
                        "?"))
                .hasSize(4);
    }

    @Test
    void shouldNotFoldTheSameComplaintAboutDifferentQuestions() {
        // given
        Note one = about("1", "How long is the warranty of the blue pump?");
        Note other = about("2", "Who may open the cabinet in the cellar?");

        // when, then
        assertThat(NearDuplicates.folded(List.of(new SampledNote(one, 1, 1), new SampledNote(other, 1, 1))))
                .hasSize(2);
    }

    @Test
    void shouldLoseNoWeight() {
        // given
        List<SampledNote> notes = new ArrayList<>();
        Notes.of(300, "late", "wrong").forEach(note -> notes.add(new SampledNote(note, 2.5, 1)));
        notes.addAll(notes.subList(0, 50));

        // when
        List<SampledNote> folded = NearDuplicates.folded(notes);

        // then
        assertThat(folded).hasSize(600);
        assertThat(folded.stream().mapToDouble(SampledNote::weight).sum()).isEqualTo(650 * 2.5);
    }

    private static Note about(String id, String question) {
        return new Note(id, "Wrong answer.", "test", null, question, null, null, null, null, null);
    }

    private static List<SampledNote> folded(String... texts) {
        List<SampledNote> notes = new ArrayList<>();
        Arrays.stream(texts)
                .forEach(text -> notes.add(new SampledNote(Note.of("n" + notes.size(), "test", text), 1, 1)));
        return NearDuplicates.folded(notes);
    }
}
