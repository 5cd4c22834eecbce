package io.rationale.classifier.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.classifier.work.PartitionWork;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedMemberEpochException;
import org.apache.kafka.common.errors.StaleMemberEpochException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssignedWorkTest {
    private static final TopicPartition PARTITION = new TopicPartition("notes", 3);

    private final Deque<KafkaException> failures = new ArrayDeque<>();
    private final AtomicInteger questions = new AtomicInteger();
    private final AssignedWork assigned = new AssignedWork(new Group(), questions::incrementAndGet);

    /** Answers once it has failed as often as it is to. */
    private final class Group extends MockConsumer<byte[], byte[]> {
        Group() {
            super("earliest");
            assign(Set.of(PARTITION));
            updateBeginningOffsets(Map.of(PARTITION, 5L));
        }

        @Override
        public synchronized Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
            if (!failures.isEmpty()) {
                throw failures.remove();
            }
            return Map.of(PARTITION, new OffsetAndMetadata(42));
        }
    }

    @Test
    void shouldBeginWhereTheGroupIs() {
        assertThat(assigned.of(Set.of(PARTITION)))
                .singleElement()
                .extracting(PartitionWork::watermark)
                .isEqualTo(42L);
    }

    @Test
    void shouldAskUntilThereIsAnAnswer() {
        // given
        failures.addAll(List.of(new TimeoutException("away"), new StaleMemberEpochException("a newer one")));

        // when
        List<PartitionWork> works = assigned.of(Set.of(PARTITION));

        // then
        assertThat(works).hasSize(1);
        assertThat(questions).hasValue(4);
    }

    @ParameterizedTest
    @ValueSource(classes = {UnknownMemberIdException.class, FencedMemberEpochException.class})
    void shouldTakeNothingOverOnceTheGroupHasPutItOut(Class<? extends KafkaException> putOut) throws Exception {
        // given
        failures.add(putOut.getConstructor(String.class).newInstance("put out"));

        // then
        assertThat(assigned.of(Set.of(PARTITION))).isEmpty();
    }
}
