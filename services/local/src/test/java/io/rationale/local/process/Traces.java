package io.rationale.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What the program said, answered and wrote, by where it stands; to be searched for marks of ASCII that must be nowhere.
 */
final class Traces {
    /** Larger files are those that a broker fills with zeros before it writes. */
    private static final long LARGEST = 64 << 20;

    private final Map<String, String> told = new LinkedHashMap<>();

    /** Adds to what stands there already. */
    void add(String where, String text) {
        told.merge(where, text, String::concat);
    }

    /** Adds all that a record holds, to what its topic holds already. */
    void add(ConsumerRecord<byte[], byte[]> each) {
        add(each.topic(), text(each));
    }

    /** Adds the files of a folder, octet by octet. */
    void addFiles(Path folder, Predicate<Path> isSought) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            all.filter(Files::isRegularFile).filter(isSought).forEach(each -> add(each.toString(), read(each)));
        }
    }

    /** What stands there, or null. */
    String at(String where) {
        return told.get(where);
    }

    /** There are more than so many places, and none of the marks stands in any of them. */
    void haveNoneOf(List<String> marks, int places) {
        assertThat(told).hasSizeGreaterThan(places);
        told.forEach((where, text) -> marks.forEach(mark ->
                assertThat(text.contains(mark)).as("%s in %s", mark, where).isFalse()));
    }

    /** All records of all topics. */
    static Map<String, List<ConsumerRecord<byte[], byte[]>>> topics(String brokers) {
        Map<String, List<ConsumerRecord<byte[], byte[]>>> read = new LinkedHashMap<>();
        Map<String, Object> properties = Map.of("bootstrap.servers", brokers, "enable.auto.commit", "false");
        try (var consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> all = consumer.listTopics().values().stream()
                    .flatMap(List::stream)
                    .map(each -> new TopicPartition(each.topic(), each.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            consumer.assign(all);
            consumer.seekToBeginning(all);
            while (all.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(each -> read.computeIfAbsent(each.topic(), any -> new ArrayList<>())
                                .add(each));
            }
        }
        assertThat(read).containsKeys("rationale.audit", "rationale.exchanges", "rationale.dead-letters");
        return read;
    }

    /** A record's key, value and headers. */
    static String text(ConsumerRecord<byte[], byte[]> each) {
        StringBuilder text = new StringBuilder();
        for (byte[] part : Stream.concat(
                        Stream.of(each.key(), each.value()),
                        Stream.of(each.headers().toArray()).map(header -> header.value()))
                .toList()) {
            text.append(part == null ? "" : text(part)).append('\n');
        }
        return text.toString();
    }

    private static String read(Path file) {
        try {
            return Files.size(file) > LARGEST ? "" : text(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }
}
