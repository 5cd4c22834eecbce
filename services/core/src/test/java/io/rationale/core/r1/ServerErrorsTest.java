package io.rationale.core.r1;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.core.json.Bytes;
import io.rationale.core.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerErrorsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "This model's maximum context length is 131072 tokens",
                "the request exceeds the available context size, try increasing it",
                "The input is longer than the model's context length"
            })
    void shouldTellAPromptThatIsTooLongFromOtherRefusals(String message) {
        assertThat(of(400, message)).isInstanceOf(ModelOutcome.ContextExceeded.class);
        assertThat(of(413, message)).isInstanceOf(ModelOutcome.ContextExceeded.class);
        assertThat(of(429, message)).isInstanceOf(ModelOutcome.Overloaded.class);
        assertThat(of(500, message)).isInstanceOf(ModelOutcome.Overloaded.class);
    }

    @ParameterizedTest
    @CsvSource({"400,false", "413,false", "422,false", "401,true", "403,true", "404,true"})
    void shouldLetOnlyNotesAtFaultBeGivenUp(int status, boolean unavailable) {
        // when
        ModelOutcome outcome = of(status, "no");

        // then
        assertThat(outcome).isEqualTo(new ModelOutcome.Refused(status, "no"));
        assertThat(outcome.unavailable()).isEqualTo(unavailable);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308, 402, 405, 408, 409, 425, 429, 500, 502, 503, 504, 529})
    void shouldWaitForWhatIsNotTheNotesFault(int status) {
        // when
        ModelOutcome outcome = ServerErrors.outcome(status, flat("later"), Optional.of(Duration.ofSeconds(3)));

        // then
        assertThat(outcome).isEqualTo(new ModelOutcome.Overloaded(status, "later", Optional.of(Duration.ofSeconds(3))));
        assertThat(outcome.unavailable()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"error\":{\"message\":\"too\\nbusy\",\"code\":503}} | too busy",
                "{\"error\":{\"code\":400,\"message\":\"too busy\",\"type\":\"exceed_context_size_error\"}} | too busy",
                "{\"error\":\"too busy\"} | too busy",
                "{\"error\":\"too busy\",\"error_type\":\"overloaded\"} | too busy",
                "{\"object\":\"error\",\"message\":\" too  busy \",\"code\":503} | too busy",
                "{\"detail\":\"too busy\"} | too busy",
                "{\"detail\":[{\"loc\":[\"body\"],\"msg\":\"too busy\"}]} | too busy",
                "\"too busy\" | too busy",
                "{\"error\":null,\"message\":\"too busy\"} | too busy",
                "{\"error\":{\"code\":1}} | no message",
                "[] | no message",
            })
    void shouldFindTheMessageOfAnErrorInAnyShape(String body, String message) throws Exception {
        assertThat(ServerErrors.message(Json.mapper().readTree(body))).isEqualTo(message);
    }

    @Test
    void shouldKeepAnErrorMessageToALine() {
        // when
        ModelOutcome outcome = of(400, "a😀\n".repeat(1_000));

        // then
        String message = ((ModelOutcome.Refused) outcome).message();
        assertThat(message).hasSizeLessThanOrEqualTo(301).hasLineCount(1);
    }

    /** Status, body, tokens of the prompt and of the context; -1 where nobody says them. */
    static List<Arguments> exceededContexts() {
        return List.of(
                exceeded(
                        8000,
                        8192,
                        "This model's maximum context length is 8192 tokens. However, you requested 9000 tokens (8000 in"
                                + " the messages, 1000 in the completion). Please reduce the length of the messages."),
                exceeded(
                        9001,
                        8192,
                        "You passed 9001 input tokens and requested 100 output tokens. However, the model's context"
                                + " length is only 8192 tokens, resulting in a maximum input length of 8092 tokens."),
                exceeded(
                        9001,
                        8192,
                        "This model's maximum context length is 8192 tokens. However, your request has 9001 input tokens."),
                exceeded(
                        9001,
                        8192,
                        "This model's maximum context length is 8192 tokens. However, you requested 512 output tokens and"
                                + " your prompt contains at least 9001 input tokens, for a total of at least 9513 tokens."),
                exceeded(
                        9001,
                        4096,
                        "The decoder prompt (length 9001) is longer than the maximum model length of 4096. Make sure that"
                                + " `max_model_len` is no smaller than the number of text tokens."),
                exceeded(
                        5000, 4096, "The input (5000 tokens) is longer than the model's context length (4096 tokens)."),
                exceeded(
                        8000,
                        8192,
                        "Requested token count exceeds the model's maximum context length of 8192 tokens. You requested a"
                                + " total of 9000 tokens: 8000 tokens from the input messages and 1000 tokens for the"
                                + " completion."),
                exceeded(-1, -1, "the request exceeds the available context size, try increasing it"),
                exceeded(
                        9001,
                        4096,
                        "request (9001 tokens) exceeds the available context size (4096 tokens), try increasing it"),
                exceeded(
                        5000,
                        4096,
                        "Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096. Given: 5000 `inputs`"
                                + " tokens and 20 `max_new_tokens`"),
                exceeded(5000, 4096, "Input validation error: `inputs` must have less than 4096 tokens. Given: 5000"),
                exceeded(
                        190000,
                        163840,
                        "This endpoint's maximum context length is 163840 tokens. However, you requested about 200000"
                                + " tokens (190000 of text input, 10000 in the output). Please reduce the length."),
                exceeded(
                        200000,
                        163840,
                        "This endpoint's maximum context length is 163,840 tokens. However, you requested about 200,000 tokens"),
                exceeded(
                        70000,
                        65536,
                        "This model's maximum context length is 65536 tokens. However, your messages resulted in 70000"
                                + " tokens. Please reduce the length of the messages."),
                exceeded(5000, 4096, "prompt length (5000) exceeds max_seq_len (4096)"),
                exceeded(-1, -1, "the input length exceeds the context length"),
                exceeded(-1, -1, "prompt too long; exceeded max context length by 12 tokens"),
                exceeded(5000, 4096, "The prompt is too long: 5000, model maximum context length: 4096"),
                exceeded(5000, 4096, "prompt is too long: 5000 tokens > 4096 maximum"),
                exceeded(
                        -1,
                        32768,
                        "Trying to keep the first 40000 tokens when context the overflows. However, the model is loaded"
                                + " with context length of only 32768 tokens, which is not enough."));
    }

    private static Arguments exceeded(int prompt, int context, String message) {
        return Arguments.of(message, prompt, context);
    }

    @ParameterizedTest
    @MethodSource("exceededContexts")
    void shouldReadHowFarTheContextIsExceeded(String message, int prompt, int context) {
        // given
        ModelOutcome expected = new ModelOutcome.ContextExceeded(message, given(prompt), given(context));
        for (Object body : List.of(
                Map.of("error", Map.of("message", message, "type", "BadRequestError", "code", 400)),
                Map.of("object", "error", "message", message, "type", "BadRequestError", "code", 400),
                Map.of("error", message, "error_type", "validation"),
                Map.of("detail", message),
                message)) {
            // when
            ModelOutcome outcome = ServerErrors.outcome(400, Bytes.of(Json.bytes(body)), Optional.empty());

            // then
            assertThat(outcome).isEqualTo(expected);
        }
        assertThat(ServerErrors.outcome(422, Bytes.utf8(message), Optional.empty()))
                .isEqualTo(expected);
    }

    @Test
    void shouldReadHowFarTheContextIsExceededFromFields() {
        // given
        Bytes body =
                Bytes.utf8("{\"error\":{\"code\":400,\"message\":\"too big\",\"type\":\"exceed_context_size_error\","
                        + "\"n_prompt_tokens\":9001,\"n_ctx\":4096}}");

        // when
        ModelOutcome outcome = ServerErrors.outcome(400, body, Optional.empty());

        // then
        assertThat(outcome)
                .isEqualTo(new ModelOutcome.ContextExceeded("too big", OptionalInt.of(9001), OptionalInt.of(4096)));
    }

    @Test
    void shouldKnowAnExceededContextByItsCode() {
        // given
        Bytes body = Bytes.utf8("{\"error\":{\"message\":\"no\",\"code\":\"context_length_exceeded\"}}");

        // then
        assertThat(ServerErrors.outcome(400, body, Optional.empty()))
                .isEqualTo(new ModelOutcome.ContextExceeded("no", OptionalInt.empty(), OptionalInt.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "The model `r1` does not exist.",
                "Invalid API key",
                "temperature must be at most 2",
                "context_length is not a valid parameter",
                "max_model_len: extra inputs are not permitted",
                "the context window parameter is unknown",
                "Unrecognized field: max_seq_len",
                "stop sequences must not be longer than 16 characters",
                "the image exceeds the maximum size",
                "you exceeded your quota",
                "max_tokens must be at least 1, got 0",
                "prompt is required",
                "priority scheduling is not enabled",
                "too many tokens per minute"
            })
    void shouldNotTakeOtherErrorsForAnExceededContext(String message) {
        assertThat(of(400, message)).isInstanceOf(ModelOutcome.Refused.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<html><head><title>502 Bad  Gateway</title></head></html> | 502 Bad Gateway",
                "<html><body>nginx</body></html> | a page without a title",
                "upstream connect error | upstream connect error",
                "'' | no message",
                "{\"error\": | {\"error\":"
            })
    void shouldReadErrorsThatAreNoJson(String body, String message) {
        assertThat(ServerErrors.outcome(502, Bytes.utf8(body), Optional.empty()))
                .isEqualTo(new ModelOutcome.Overloaded(502, message, Optional.empty()));
    }

    @Test
    void shouldSurviveBytesThatAreNoText() {
        assertThat(ServerErrors.outcome(500, Bytes.of(new byte[] {(byte) 0xff, 0, (byte) 0xc3}), Optional.empty()))
                .isInstanceOf(ModelOutcome.Overloaded.class);
        assertThat(ServerErrors.outcome(502, Bytes.utf8("<title".repeat(300_000)), Optional.empty()))
                .isInstanceOf(ModelOutcome.Overloaded.class);
        assertThat(ServerErrors.outcome(400, Bytes.utf8("[".repeat(100_000)), Optional.empty()))
                .isInstanceOf(ModelOutcome.Refused.class);
    }

    private static OptionalInt given(int tokens) {
        return tokens < 0 ? OptionalInt.empty() : OptionalInt.of(tokens);
    }

    private static ModelOutcome of(int status, String message) {
        return ServerErrors.outcome(status, flat(message), Optional.empty());
    }

    private static Bytes flat(String message) {
        return Bytes.of(Json.bytes(Map.of("message", message)));
    }
}
