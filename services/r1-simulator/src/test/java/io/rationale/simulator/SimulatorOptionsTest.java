package io.rationale.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rationale.simulator.fault.Fault;
import io.rationale.simulator.profile.ServerProfile;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SimulatorOptionsTest {

    static Stream<Arguments> wrong() {
        return Stream.of(
                change(o -> o.withPort(65_536), "The port must be between 0 and 65535, but is 65536."),
                change(o -> o.withNodes(0), "At least one node is needed, but there are 0."),
                change(
                        o -> o.withPort(65_535).withNodes(2),
                        "2 nodes from port 65535 on would need ports beyond 65535."),
                change(o -> o.withModel(" "), "The model needs a name."),
                change(o -> o.withSlots(0), "At least one slot is needed, but there are 0."),
                change(o -> o.withQueue(-1), "The queue must hold 0 requests or more, but holds -1."),
                change(o -> o.withContext(0), "The context must hold between 1 and 10000000 tokens, but holds 0."),
                change(o -> o.withPrefillRate(0), "The prefill rate must be a positive number, but is 0.0."),
                change(o -> o.withTokenMs(0, 1), "The idle time of a token must be a positive number, but is 0.0."),
                change(
                        o -> o.withTokenMs(20, 10),
                        "The time of a token with all slots busy must not be less than the idle one, but 10.0 is less"
                                + " than 20.0."),
                change(o -> o.withSpeedUp(Double.NaN), "The speed-up must be a positive number, but is NaN."),
                change(o -> o.withThoughtMedian(-1), "The median of the thought must be 0 tokens or more, but is -1."),
                change(o -> o.withApiKey(" "), "The API key must not be blank."),
                change(
                        o -> o.withFaults(Map.of(Fault.LOOP, 1.5)),
                        "The rate of loop must be between 0 and 1, but is 1.5."));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void shouldSayWhatIsWrong(UnaryOperator<SimulatorOptions> change, String sentence) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> change.apply(SimulatorOptions.DEFAULT))
                .withMessage(sentence);
    }

    @Test
    void shouldChangeOneValueAndKeepTheOthers() {
        // given
        SimulatorOptions options = SimulatorOptions.DEFAULT
                .withProfile(ServerProfile.OLLAMA)
                .withNodes(3)
                .withQueue(7)
                .withApiKey("key");

        // when
        SimulatorOptions changed = options.withSlots(5);

        // then
        assertThat(changed.slots()).isEqualTo(5);
        assertThat(changed.withSlots(32)).isEqualTo(options);
        assertThat(changed.profile()).isEqualTo(ServerProfile.OLLAMA);
    }

    @Test
    void shouldListTheProfilesWhereOneIsUnknown() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerProfile.named("tgi"))
                .withMessageStartingWith("There is no profile \"tgi\"; the profiles are vllm-old, vllm,");
    }

    private static Arguments change(UnaryOperator<SimulatorOptions> change, String sentence) {
        return Arguments.of(change, sentence);
    }
}
