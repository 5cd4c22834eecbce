package io.rationale.core.r1;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.core.json.Bytes;
import io.rationale.core.r1.ModelOutcome.Aborted;
import io.rationale.core.r1.ModelOutcome.Complete;
import io.rationale.core.r1.ModelOutcome.EmptyThought;
import io.rationale.core.r1.ModelOutcome.Malformed;
import io.rationale.core.r1.ModelOutcome.StoppedInThought;
import io.rationale.core.r1.ModelOutcome.TruncatedInAnswer;
import io.rationale.core.r1.ModelOutcome.TruncatedInThought;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatCompletionTest {
    /** How each server tells the thought "so" and the answer "A", with the white space that it leaves. */
    static List<Arguments> servers() {
        return List.of(
                Arguments.of(
                        "vLLM to 0.15",
                        "{\"reasoning_content\":\"\\nso\\n\",\"content\":\"\\n\\nA\"}",
                        new Complete("\nso\n", "\n\nA")),
                Arguments.of(
                        "vLLM from 0.16",
                        "{\"reasoning\":\"\\nso\\n\",\"content\":\"\\n\\nA\"}",
                        new Complete("\nso\n", "\n\nA")),
                Arguments.of(
                        "vLLM between, both fields",
                        "{\"reasoning_content\":\"so\",\"reasoning\":\"so\",\"content\":\"A\"}",
                        new Complete("so", "A")),
                Arguments.of(
                        "vLLM, one field null",
                        "{\"reasoning_content\":null,\"reasoning\":\"so\",\"content\":\"A\"}",
                        new Complete("so", "A")),
                Arguments.of(
                        "vLLM without parser, no opening tag",
                        "{\"reasoning_content\":null,\"content\":\"\\nso\\n</think>\\n\\nA\"}",
                        new Complete("\nso\n", "\n\nA")),
                Arguments.of(
                        "TGI, with opening tag", "{\"content\":\"<think>\\nso</think>A\"}", new Complete("\nso", "A")),
                Arguments.of(
                        "without parser, two closing tags",
                        "{\"content\":\"so</think>A</think>B\"}",
                        new Complete("so", "A</think>B")),
                Arguments.of("SGLang", "{\"reasoning_content\":\"so\",\"content\":\"A\"}", new Complete("so", "A")),
                Arguments.of(
                        "llama-server",
                        "{\"role\":\"assistant\",\"content\":\"A\",\"reasoning_content\":\"\\nso\"}",
                        new Complete("\nso", "A")),
                Arguments.of("llama-server, no thought", "{\"content\":\"A\"}", new EmptyThought("A")),
                Arguments.of("Ollama", "{\"content\":\"A\",\"reasoning\":\"so\"}", new Complete("so", "A")),
                Arguments.of("Ollama, native name", "{\"content\":\"A\",\"thinking\":\"so\"}", new Complete("so", "A")),
                Arguments.of(
                        "TensorRT-LLM, literal tag",
                        "{\"reasoning_content\":\"<think>\\nso\",\"content\":\"A\"}",
                        new Complete("\nso", "A")),
                Arguments.of(
                        "OpenRouter",
                        "{\"content\":\"A\",\"reasoning\":\"so\",\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"so\"}]}",
                        new Complete("so", "A")),
                Arguments.of("empty thought", "{\"content\":\"<think>\\n\\n</think>\\nA\"}", new EmptyThought("\nA")),
                Arguments.of(
                        "empty reasoning", "{\"reasoning_content\":\"\",\"content\":\"A\"}", new EmptyThought("A")),
                Arguments.of(
                        "no answer: null",
                        "{\"reasoning_content\":\"so\",\"content\":null}",
                        new StoppedInThought("so")),
                Arguments.of(
                        "no answer: empty",
                        "{\"reasoning_content\":\"so\",\"content\":\"\"}",
                        new StoppedInThought("so")),
                Arguments.of(
                        "no answer: blank",
                        "{\"reasoning_content\":\"so\",\"content\":\"\\n\\n\"}",
                        new StoppedInThought("so")),
                Arguments.of("no answer: absent", "{\"reasoning_content\":\"so\"}", new StoppedInThought("so")),
                Arguments.of("never closed, no parser", "{\"content\":\"<think>so\"}", new StoppedInThought("so")),
                Arguments.of("nothing at all", "{}", new StoppedInThought("")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("servers")
    void shouldReadWhatEachServerSends(String server, String message, ModelOutcome expected) {
        assertThat(outcome(message, "\"stop\"")).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"stop\"", "null", "\"\"", "\"eos\""})
    void shouldTakeAnyOrdinaryEndForComplete(String finish) {
        assertThat(outcome("{\"reasoning\":\"so\",\"content\":\"A\"}", finish)).isEqualTo(new Complete("so", "A"));
    }

    @Test
    void shouldNameWhereTheTokenLimitCut() {
        assertThat(outcome("{\"reasoning\":\"so\",\"content\":null}", "\"length\""))
                .isEqualTo(new TruncatedInThought("so"));
        assertThat(outcome("{\"content\":\"<think>so\"}", "\"length\"")).isEqualTo(new TruncatedInThought("so"));
        assertThat(outcome("{\"reasoning\":\"so\",\"content\":\"A\"}", "\"length\""))
                .isEqualTo(new TruncatedInAnswer("so", "A"));
        assertThat(outcome("{\"content\":\"so</think>A\"}", "\"length\"")).isEqualTo(new TruncatedInAnswer("so", "A"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"abort\"", "\"error\""})
    void shouldNotTakeAnAbortedGenerationForComplete(String finish) {
        // when
        ModelOutcome outcome = outcome("{\"reasoning\":\"so\",\"content\":\"A\"}", finish);

        // then
        assertThat(outcome).isEqualTo(new Aborted("so", "A"));
        assertThat(outcome.retriable()).isTrue();
    }

    @Test
    void shouldSkipLeadingBlankLinesAndNameTheModel() {
        // when
        ChatCompletion completion = parse(
                "\n\n \r\n{\"model\":\"r1\",\"choices\":[{\"message\":{\"content\":\"A\"},\"finish_reason\":\"stop\"}]}");

        // then
        assertThat(completion.outcome()).isEqualTo(new EmptyThought("A"));
        assertThat(completion.model()).isEqualTo("r1");
        assertThat(completion.usage()).isEqualTo(Usage.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "null",
                "[]",
                "\"text\"",
                "<html>502</html>",
                "{",
                "{\"choices\":[]}",
                "{\"choices\":null}"
            })
    void shouldTakeAnythingElseForMalformed(String body) {
        // when
        ChatCompletion completion = parse(body);

        // then
        assertThat(completion.outcome()).isInstanceOf(Malformed.class);
        assertThat(completion.usage()).isEqualTo(Usage.NONE);
    }

    @Test
    void shouldTakeInvalidUtf8ForMalformed() {
        assertThat(ChatCompletion.parse(Bytes.of(new byte[] {'{', '"', (byte) 0xC3, '"', ':', '1', '}'}))
                        .outcome())
                .isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"completion_tokens\":10,\"prompt_tokens\":50,\"completion_tokens_details\":{\"reasoning_tokens\":7}} | 7 | 3 | 0",
                "{\"completion_tokens\":10,\"prompt_tokens\":50,\"reasoning_tokens\":7} | 7 | 3 | 0",
                "{\"completion_tokens\":10,\"prompt_tokens\":50,\"completion_tokens_details\":null,\"reasoning_tokens\":7} | 7 | 3 | 0",
                "{\"completion_tokens\":10,\"prompt_tokens\":50,\"completion_tokens_details\":{\"reasoning_tokens\":null},\"reasoning_tokens\":7} | 7 | 3 | 0",
                "{\"completion_tokens\":10,\"prompt_tokens\":50} | 8 | 2 | 0",
                "{\"completion_tokens\":10,\"prompt_tokens\":50,\"reasoning_tokens\":0} | 8 | 2 | 0",
                "{\"completion_tokens\":10,\"prompt_tokens\":50,\"reasoning_tokens\":99} | 10 | 0 | 0",
                "{\"completion_tokens\":10,\"prompt_tokens\":50,\"prompt_tokens_details\":{\"cached_tokens\":16}} | 8 | 2 | 16",
                "{\"completion_tokens\":10,\"prompt_tokens\":50,\"prompt_tokens_details\":null} | 8 | 2 | 0",
                "{\"completion_tokens\":10,\"prompt_tokens\":50,\"prompt_cache_hit_tokens\":32} | 8 | 2 | 32",
            })
    void shouldReadUsageInEveryForm(String usage, double reasoning, double answer, double cached) {
        // when
        ChatCompletion completion = parse(body("{\"reasoning\":\"12345678\",\"content\":\"AB\"}", "\"stop\"", usage));

        // then
        assertThat(completion.usage()).isEqualTo(new Usage(50, reasoning, answer, cached));
    }

    @Test
    void shouldReadTheCacheOfALlamaServerFromItsTimings() {
        // when
        ChatCompletion completion = parse(
                "{\"choices\":[{\"message\":{\"content\":\"A\"}}],\"usage\":{\"prompt_tokens\":50,\"completion_tokens\":4},"
                        + "\"timings\":{\"cache_n\":36,\"prompt_n\":14}}");

        // then
        assertThat(completion.usage()).isEqualTo(new Usage(50, 0, 4, 36));
    }

    @Test
    void shouldDoWithoutUsage() {
        assertThat(parse(body("{\"content\":\"A\"}", "\"stop\"", "null")).usage())
                .isEqualTo(Usage.NONE);
    }

    private static ModelOutcome outcome(String message, String finish) {
        return parse(body(message, finish, "{}")).outcome();
    }

    private static String body(String message, String finish, String usage) {
        return "{\"choices\":[{\"index\":0,\"message\":%s,\"finish_reason\":%s}],\"usage\":%s}"
                .formatted(message, finish, usage);
    }

    private static ChatCompletion parse(String body) {
        return ChatCompletion.parse(Bytes.utf8(body));
    }
}
