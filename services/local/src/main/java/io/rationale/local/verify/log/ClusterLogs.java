package io.rationale.local.verify.log;

import io.rationale.topics.GrouplessConsumer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.header.Header;

/** The logs of a cluster, read as anybody may read them: committed records only, without a group. */
public final class ClusterLogs implements RecordLogs {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int FETCH = 4 * 1024 * 1024;
    private static final int SMALL_FETCH = 512 * 1024;
    /** Polls without a record, before it counts as not there. */
    private static final int PATIENCE = 20;

    private final Map<String, Object> kafka;
    private final Consumer<byte[], byte[]> picker;
    private final Admin admin;
    private final Map<String, Integer> partitions = new HashMap<>();
    private final Map<TopicPartition, Extent> extents = new HashMap<>();

    /** @param kafka plain client properties, bootstrap servers and security among them */
    public ClusterLogs(Map<String, Object> kafka) {
        this.kafka = new HashMap<>(kafka);
        this.admin = Admin.create(new HashMap<>(kafka));
        this.picker = consumer(SMALL_FETCH, 1);
    }

    private Consumer<byte[], byte[]> consumer(int fetch, int maxWait) {
        Map<String, Object> config = new HashMap<>(kafka);
        config.keySet().removeIf(key -> key.startsWith("group."));
        config.put("client.id", "verify");
        config.put("isolation.level", "read_committed");
        config.put("enable.auto.commit", "false");
        config.put("auto.offset.reset", "earliest");
        config.put("allow.auto.create.topics", "false");
        config.put("fetch.max.bytes", fetch);
        config.put("max.partition.fetch.bytes", fetch);
        config.put("fetch.max.wait.ms", maxWait);
        return new GrouplessConsumer(config);
    }

    @Override
    public int partitions(String topic) {
        return partitions.computeIfAbsent(topic, this::ask);
    }

    private int ask(String topic) {
        try {
            List<PartitionInfo> found = picker.partitionsFor(topic);
            return found == null ? 0 : found.size();
        } catch (UnknownTopicOrPartitionException | org.apache.kafka.common.errors.InvalidTopicException e) {
            return 0;
        }
    }

    /** What was held when it was asked for first: what comes later is verified the next time. */
    @Override
    public Extent extent(String topic, int partition) {
        if (partition >= partitions(topic)) {
            return new Extent(0, 0);
        }
        return extents.computeIfAbsent(
                new TopicPartition(topic, partition),
                at -> new Extent(
                        picker.beginningOffsets(Set.of(at)).get(at),
                        picker.endOffsets(Set.of(at)).get(at)));
    }

    @Override
    public void refresh(String topic) {
        extents.keySet().removeIf(at -> at.topic().equals(topic));
    }

    @Override
    public Cursor read(String topic, int partition, long from) {
        return new Reading(
                new TopicPartition(topic, partition),
                from,
                extent(topic, partition).end());
    }

    @Override
    public List<StoredRecord> around(String topic, int partition, long offset) {
        TopicPartition at = new TopicPartition(topic, partition);
        if (partition >= partitions(topic) || offset < 0) {
            return List.of();
        }
        if (!picker.assignment().contains(at)) {
            picker.assign(Set.of(at));
        }
        picker.seek(at, offset);
        for (int i = 0; i < PATIENCE && picker.position(at) <= offset; i++) {
            List<StoredRecord> found = new ArrayList<>();
            picker.poll(POLL).forEach(each -> found.add(stored(each)));
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    @Override
    public Map<Integer, Committed> committed(String group, String topic) {
        Map<Integer, Committed> committed = new HashMap<>();
        try {
            admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .forEach((at, offset) -> {
                        if (offset != null && at.topic().equals(topic)) {
                            committed.put(at.partition(), new Committed(offset.offset(), offset.metadata()));
                        }
                    });
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                throw new KafkaException("the group " + group + " cannot be asked for", e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException(e);
        }
        return committed;
    }

    private static StoredRecord stored(ConsumerRecord<byte[], byte[]> each) {
        List<StoredRecord.Header> headers = new ArrayList<>();
        for (Header header : each.headers()) {
            headers.add(new StoredRecord.Header(header.key(), header.value()));
        }
        return new StoredRecord(each.partition(), each.offset(), each.timestamp(), each.key(), headers, each.value());
    }

    @Override
    public void close() {
        picker.close();
        admin.close(Duration.ofSeconds(2));
    }

    private final class Reading implements Cursor {
        private final Consumer<byte[], byte[]> consumer = consumer(FETCH, 500);
        private final TopicPartition at;
        private final long end;
        private final Deque<ConsumerRecord<byte[], byte[]>> polled = new ArrayDeque<>();

        Reading(TopicPartition at, long from, long end) {
            this.at = at;
            this.end = end;
            consumer.assign(Set.of(at));
            consumer.seek(at, from);
        }

        @Override
        public Optional<StoredRecord> next() {
            while (polled.isEmpty() && consumer.position(at) < end) {
                consumer.poll(POLL).forEach(polled::add);
            }
            return Optional.ofNullable(polled.poll())
                    .filter(each -> each.offset() < end)
                    .map(ClusterLogs::stored);
        }

        @Override
        public void close() {
            consumer.close();
        }
    }
}
