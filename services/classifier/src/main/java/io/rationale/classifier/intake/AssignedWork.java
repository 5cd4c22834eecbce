package io.rationale.classifier.intake;

import io.rationale.classifier.work.PartitionWork;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedMemberEpochException;
import org.apache.kafka.common.errors.IllegalGenerationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.StaleMemberEpochException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.jboss.logging.Logger;

/** Finds out where the work on partitions that are assigned begins. */
final class AssignedWork {
    private static final Logger LOG = Logger.getLogger(AssignedWork.class);

    private final Consumer<byte[], byte[]> consumer;
    private final Runnable alive;

    /** @param alive called before each question, which may take its time */
    AssignedWork(Consumer<byte[], byte[]> consumer, Runnable alive) {
        this.consumer = consumer;
        this.alive = alive;
    }

    /**
     * Asks until there is an answer: a dead member's open transaction hides committed offsets until the broker aborts
     * it, and a broker may be away for as long.
     *
     * @return none when the group has put this member out meanwhile: the consumer is about to tell that the partitions are
     *     lost, and joins again
     */
    List<PartitionWork> of(Collection<TopicPartition> assigned) {
        try {
            Map<TopicPartition, OffsetAndMetadata> committed =
                    patiently(() -> consumer.committed(Set.copyOf(assigned)));
            Map<TopicPartition, Long> beginnings = patiently(() -> consumer.beginningOffsets(assigned));
            LOG.infof("Partitions assigned count=%d", assigned.size());
            return assigned.stream()
                    .map(each -> new PartitionWork(each, committed.get(each), beginnings.get(each)))
                    .toList();
        } catch (UnknownMemberIdException | FencedMemberEpochException | IllegalGenerationException e) {
            LOG.warnf("The group put this member out while it took partitions over error=%s", e.toString());
            return List.of();
        }
    }

    private <T> T patiently(Supplier<T> question) {
        while (true) {
            alive.run();
            try {
                return question.get();
            } catch (RetriableException | StaleMemberEpochException e) {
                LOG.warnf("Offsets of assigned partitions are not known yet error=%s", e.toString());
            }
        }
    }
}
