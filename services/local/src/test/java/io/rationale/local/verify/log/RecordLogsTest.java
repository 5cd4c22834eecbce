package io.rationale.local.verify.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.core.topic.Topics;
import io.rationale.kafka.EmbeddedKafka;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker's directory read without it holds what its clients read. */
class RecordLogsTest {
    private static final String TOPIC = "rationale.audit";
    private static final TopicPartition PLACE = new TopicPartition(TOPIC, 0);

    @TempDir
    private Path directory;

    @Test
    void shouldReadFilesAsClientsReadTopics() {
        // given: transactions that were committed and aborted, mixed, in several compressions; one that is still open
        List<String> asClients;
        Map<Integer, RecordLogs.Committed> committed;
        RecordLogs.Extent extent;
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory, 0)) {
            kafka.createTopics(Topics.DEFAULT.specs(1));
            write(kafka.bootstrapServers());
            try (ClusterLogs logs = new ClusterLogs(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
                asClients = records(logs);
                committed = logs.committed("group", TOPIC);
                extent = logs.extent(TOPIC, 0);
                assertThat(logs.around(TOPIC, 0, 3).getFirst().offset()).isEqualTo(3);
                assertThat(logs.partitions("no-such-topic")).isZero();
                assertThat(logs.committed("no-such-group", TOPIC)).isEmpty();
            }
        }

        // when
        List<String> faults = new ArrayList<>();
        try (DirectoryLogs logs = new DirectoryLogs(directory, (t, p, offset, what) -> faults.add(what))) {
            // then
            assertThat(records(logs)).isEqualTo(asClients).hasSize(60);
            assertThat(logs.committed("group", TOPIC)).isEqualTo(committed).isNotEmpty();
            assertThat(logs.extent(TOPIC, 0)).isEqualTo(extent);
            assertThat(logs.around(TOPIC, 0, 3).getFirst().offset()).isEqualTo(3);
            assertThat(logs.around(TOPIC, 0, extent.end())).isEmpty();
            assertThat(logs.partitions(TOPIC)).isEqualTo(1);
            assertThat(logs.partitions("../" + TOPIC)).isZero();
        }
        assertThat(faults).isEmpty();
    }

    private static List<String> records(RecordLogs logs) {
        List<String> read = new ArrayList<>();
        try (RecordLogs.Cursor cursor = logs.read(TOPIC, 0, 0)) {
            for (Optional<StoredRecord> each = cursor.next(); each.isPresent(); each = cursor.next()) {
                read.add(each.get().offset() + " " + each.get().key() + " "
                        + HexFormat.of().formatHex(each.get().digest().toArray()));
            }
        }
        return read;
    }

    @SuppressWarnings("removal") // a group without members has no other metadata
    private static void write(String brokers) {
        String[] compressions = {"none", "lz4", "zstd", "gzip", "snappy", "none"};
        for (int i = 0; i < compressions.length; i++) {
            try (KafkaProducer<byte[], byte[]> good = producer(brokers, "good-" + i, compressions[i]);
                    KafkaProducer<byte[], byte[]> bad = producer(brokers, "bad-" + i, compressions[i])) {
                good.beginTransaction();
                bad.beginTransaction();
                for (int n = 0; n < 10; n++) {
                    good.send(record("good", n));
                    bad.send(record("bad", n));
                    if (n % 4 == 0) {
                        good.flush();
                        bad.flush();
                    }
                }
                bad.abortTransaction();
                good.sendOffsetsToTransaction(
                        Map.of(PLACE, new OffsetAndMetadata(i, "head " + i)), new ConsumerGroupMetadata("group"));
                good.commitTransaction();
            }
        }
        KafkaProducer<byte[], byte[]> open = producer(brokers, "open", "none");
        open.beginTransaction();
        open.send(record("open", 0));
        open.flush();
        open.close(java.time.Duration.ZERO);
    }

    private static ProducerRecord<byte[], byte[]> record(String key, int number) {
        ProducerRecord<byte[], byte[]> made = new ProducerRecord<>(
                TOPIC, 0, key.getBytes(StandardCharsets.UTF_8), ("value " + number).getBytes(StandardCharsets.UTF_8));
        made.headers().add("number", new byte[] {(byte) number}).add("none", null);
        return made;
    }

    private static KafkaProducer<byte[], byte[]> producer(String brokers, String id, String compression) {
        KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers, "transactional.id", id, "compression.type", compression),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
        return producer;
    }
}
