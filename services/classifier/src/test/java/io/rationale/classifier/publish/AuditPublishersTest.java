package io.rationale.classifier.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class AuditPublishersTest {
    @Test
    void shouldLetKafkasPropertiesWinUnlessTheLoopRestsOnThem() {
        // given
        Map<String, Object> given =
                Map.of("transaction.timeout.ms", "40000", "acks", "1", "transactional.id", "theirs", "linger.ms", "7");

        // when
        Map<String, Object> producer = AuditPublishers.producer("ours", given);

        // then
        assertThat(producer)
                .containsEntry("transaction.timeout.ms", "40000")
                .containsEntry("linger.ms", "7")
                .containsEntry("acks", "all")
                .containsEntry("transactional.id", "ours");
        assertThat(AuditPublishers.producer("ours", Map.of())).containsEntry("transaction.timeout.ms", "15000");
    }
}
