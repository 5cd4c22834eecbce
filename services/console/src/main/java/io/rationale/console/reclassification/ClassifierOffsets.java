package io.rationale.console.reclassification;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.jboss.logging.Logger;

/** How far the classifiers are with the notes that are to be judged again. Not thread safe. */
final class ClassifierOffsets implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ClassifierOffsets.class);

    private final Admin admin;
    private final String group;
    private final String topic;

    /**
     * @param group of the classifiers, for these notes
     * @param topic of these notes
     */
    ClassifierOffsets(Admin admin, String group, String topic) {
        this.admin = admin;
        this.group = group;
        this.topic = topic;
    }

    /** The first offset of each partition that is not finished; none for those of which nothing ever was. */
    Map<Integer, Long> finished() throws InterruptedException {
        try {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(
                            group, new ListConsumerGroupOffsetsOptions().requireStable(true))
                    .partitionsToOffsetAndMetadata()
                    .get();
            Map<Integer, Long> finished = new HashMap<>();
            committed.forEach((partition, at) -> {
                if (at != null && partition.topic().equals(topic)) {
                    finished.put(partition.partition(), at.offset());
                }
            });
            return finished;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return Map.of();
            }
            throw failed(e);
        }
    }

    /** Deletes the records before these offsets, by partition: nobody needs them any more. */
    void delete(Map<Integer, Long> before) throws InterruptedException {
        try {
            admin.deleteRecords(before.entrySet().stream()
                            .collect(Collectors.toMap(
                                    each -> new TopicPartition(topic, each.getKey()),
                                    each -> RecordsToDelete.beforeOffset(each.getValue()))))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            LOG.warnf(
                    "Notes that are judged again cannot be deleted error=%s",
                    e.getCause().toString());
        }
    }

    /** Where a topic ends now, as readers of committed records see it, by partition. */
    Map<Integer, Long> ends(String ofTopic, List<Integer> partitions) throws InterruptedException {
        try {
            Map<Integer, Long> ends = new HashMap<>();
            admin.listOffsets(partitions.stream()
                            .collect(Collectors.toMap(
                                    each -> new TopicPartition(ofTopic, each), each -> OffsetSpec.latest())))
                    .all()
                    .get()
                    .forEach((partition, end) -> ends.put(partition.partition(), end.offset()));
            return ends;
        } catch (ExecutionException e) {
            throw failed(e);
        }
    }

    /** The partitions of a topic. */
    List<Integer> partitions(String ofTopic) throws InterruptedException {
        try {
            return admin.describeTopics(List.of(ofTopic)).allTopicNames().get().get(ofTopic).partitions().stream()
                    .map(each -> each.partition())
                    .toList();
        } catch (ExecutionException e) {
            throw failed(e);
        }
    }

    private static KafkaException failed(ExecutionException e) {
        return e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(2));
    }
}
