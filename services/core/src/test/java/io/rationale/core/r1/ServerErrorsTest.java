package io.rationale.core.r1;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.core.json.Bytes;
import io.rationale.core.json.Json;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens",
                "The decoder prompt (length 5000) is longer than the maximum model length of 4096.",
                "The input (5000 tokens) is longer than the model's context length (4096 tokens).",
                "Requested token count exceeds the model's maximum context length of 4096 tokens.",
                "the request exceeds the available context size. try increasing the context size or enable context shift",
                "Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096. Given: 5000",
                "Input validation error: `inputs` must have less than 4096 tokens. Given: 5000",
                "This endpoint's maximum context length is 163840 tokens.",
                "The prompt is too long: 5000, model maximum context length: 4096",
                "prompt length (5000) exceeds max_seq_len (4096)"
            })
    void shouldKnowWhenTheContextIsExceeded(String message) {
        assertThat(of(400, message)).isInstanceOf(ModelOutcome.ContextExceeded.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "The model `r1` does not exist.", "Invalid API key", "temperature must be at most 2"})
    void shouldNotTakeOtherErrorsForAnExceededContext(String message) {
        assertThat(of(400, message)).isInstanceOf(ModelOutcome.Refused.class);
    }

    private static ModelOutcome of(int status, String message) {
        return ServerErrors.outcome(status, flat(message), Optional.empty());
    }

    private static Bytes flat(String message) {
        return Bytes.of(Json.bytes(Map.of("message", message)));
    }
}
