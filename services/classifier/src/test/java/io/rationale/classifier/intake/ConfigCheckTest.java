package io.rationale.classifier.intake;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rationale.classifier.TestConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigCheckTest {
    @ParameterizedTest
    @CsvSource({
        "rationale.batch.max-notes, 0",
        "rationale.batch.max-tokens, 0",
        "rationale.batch.linger, -1s",
        "rationale.in-flight.max-notes, 0",
        "rationale.in-flight.max-bytes, 0",
        "rationale.publish.linger, -1s",
        "rationale.note.max-text-bytes, 0",
        "rationale.r1.max-attempts, 0",
        "rationale.drain-timeout, -1s",
        "rationale.drain-timeout, 3m"
    })
    void shouldNameTheKeyWhoseValueMakesNoSense(String key, String value) {
        assertThatThrownBy(() -> check(Map.of(key, value), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(key + " is ");
    }

    @Test
    void shouldTakeKafkasOwnKeysIntoAccount() {
        assertThatCode(() -> check(Map.of("rationale.drain-timeout", "3m"), Map.of("max.poll.interval.ms", "600000")))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> check(Map.of(), Map.of("max.poll.interval.ms", "soon")))
                .hasMessageContaining("kafka.max.poll.interval.ms is soon");
    }

    private static void check(Map<String, String> config, Map<String, Object> kafka) {
        ConfigCheck.requireConsistent(TestConfig.of("rationale.", "one", config), kafka);
    }
}
