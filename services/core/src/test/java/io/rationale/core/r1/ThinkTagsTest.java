package io.rationale.core.r1;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.core.r1.ThinkTags.Parts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ThinkTagsTest {
    /** What a model wrote, where no server divided it: text, thought, answer. */
    static List<Arguments> undivided() {
        return List.of(
                Arguments.of("so</think>A", "so", "A"),
                Arguments.of("<think>so</think>A", "so", "A"),
                Arguments.of("\n<think>\nso\n</think>\n\nA", "\nso\n", "\n\nA"),
                Arguments.of("<think></think>A", "", "A"),
                Arguments.of("<think>\n</think>A", "\n", "A"),
                Arguments.of("<think>\n\n</think>\n\nA", "\n\n", "\n\nA"),
                Arguments.of("</think>A", "", "A"),
                Arguments.of("so</think>", "so", ""),
                Arguments.of("<think>so</think>", "so", ""),
                Arguments.of("<think></think>", "", ""),
                Arguments.of("so</think>\n ", "so", "\n "),
                Arguments.of("", "", ""),
                Arguments.of("A", "", "A"),
                Arguments.of("  abc", "", "  abc"),
                Arguments.of("<think>so", "so", ""),
                Arguments.of("<think>", "", ""),
                Arguments.of(" <think>", "", ""),
                Arguments.of("<thinking>so</thinking>A", "so", "A"),
                Arguments.of("one\ntwo</think>A\nB", "one\ntwo", "A\nB"),
                Arguments.of("<think>a</think><think>b</think>A", "a", "<think>b</think>A"),
                Arguments.of("<think>a<think>b</think>A", "a<think>b", "A"),
                Arguments.of("<think>a</think>A</think>B", "a", "A</think>B"),
                Arguments.of("a</think>{\"evidence\":[\"</think>\"]}", "a", "{\"evidence\":[\"</think>\"]}"),
                Arguments.of("Sure.\n<think>so</think>A", "Sure.\nso", "A"),
                Arguments.of("the tag <think> is meant</think>A", "the tag <think> is meant", "A"),
                Arguments.of("<think>a</thing>b</think>A", "a</thing>b", "A"),
                Arguments.of("<think>a < b > c</think>A < B", "a < b > c", "A < B"),
                Arguments.of("思考：<b>ü😀</b></think>答案 😀", "思考：<b>ü😀</b>", "答案 😀"));
    }

    @ParameterizedTest
    @MethodSource("undivided")
    void shouldDivideAtTheFirstClosingTag(String text, String thought, String answer) {
        // when
        Parts parts = ThinkTags.divide("", text, false);

        // then
        assertThat(parts.reasoning()).isEqualTo(thought);
        assertThat(parts.content()).isEqualTo(answer);
    }

    /** What a server sent in two fields, and what it meant. */
    static List<Arguments> leaked() {
        return List.of(
                Arguments.of("so", "A", "so", "A"),
                Arguments.of("\nso\n", "\n\nA", "\nso\n", "\n\nA"),
                Arguments.of("<think>so", "A", "so", "A"),
                Arguments.of("<think>\nso</think>", "A", "\nso", "A"),
                Arguments.of("so</think>", "\n\nA", "so", "\n\nA"),
                Arguments.of("so</think>\n\nA", "", "so", "\n\nA"),
                Arguments.of("<think>so</think>A", "", "so", "A"),
                Arguments.of("so", "</think>A", "so", "A"),
                Arguments.of("so", "\n</think>\n\nA", "so", "\n\nA"),
                Arguments.of("so", "<think>so</think>A", "so", "A"),
                Arguments.of("so", "<think>\nso\n</think>A", "so", "A"),
                Arguments.of("so", "<think> and so on</think>A", "so and so on", "A"),
                Arguments.of("so", "<think> and so on", "so and so on", ""),
                Arguments.of("so", "A quotes </think>", "so", "A quotes </think>"),
                Arguments.of("the </think> tag", "A", "the </think> tag", "A"),
                Arguments.of("so", "", "so", ""),
                Arguments.of("\n", "A", "", "A"),
                Arguments.of("\n", "so</think>A", "so", "A"),
                Arguments.of("\n", "", "", "\n"));
    }

    @ParameterizedTest
    @MethodSource("leaked")
    void shouldTakeTagsOutOfFields(String reasoning, String content, String thought, String answer) {
        // when
        Parts parts = ThinkTags.divide(reasoning, content, false);

        // then
        assertThat(parts.reasoning()).isEqualTo(thought);
        assertThat(parts.content()).isEqualTo(answer);
    }

    @Test
    void shouldTakeUnmarkedTextThatWasCutForAThoughtUnlessItLooksLikeAnAnswer() {
        assertThat(ThinkTags.divide("", "Okay, let me see", true)).isEqualTo(new Parts("Okay, let me see", ""));
        assertThat(ThinkTags.divide("", "\n{\"verdicts\":[", true)).isEqualTo(new Parts("", "\n{\"verdicts\":["));
        assertThat(ThinkTags.divide("", "```json\n{", true)).isEqualTo(new Parts("", "```json\n{"));
    }
}
