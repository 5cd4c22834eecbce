package io.rationale.console.notes;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rationale.console.kafka.KafkaClients;
import java.util.Map;
import org.apache.kafka.common.errors.RetriableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DeadLetterReaderTest {
    @Test
    @Timeout(20)
    void shouldNotWaitLongForKafka() {
        // given: an address where nobody is
        DeadLetterReader reader = new DeadLetterReader(
                new KafkaClients(Map.of("bootstrap.servers", "127.0.0.1:1")), "rationale.dead-letters");

        // then
        assertThatThrownBy(() -> reader.at(0, 0)).isInstanceOf(RetriableException.class);
    }
}
