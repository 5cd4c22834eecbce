package io.rationale.classifier.r1;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.core.r1.ModelOutcome;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpFailuresTest {
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
        ModelOutcome outcome = HttpFailures.of(status, "later", Optional.of(Duration.ofSeconds(3)));

        // then
        assertThat(outcome).isEqualTo(new ModelOutcome.Overloaded(status, "later", Optional.of(Duration.ofSeconds(3))));
        assertThat(outcome.unavailable()).isTrue();
    }

    private static ModelOutcome of(int status, String message) {
        return HttpFailures.of(status, message, Optional.empty());
    }
}
