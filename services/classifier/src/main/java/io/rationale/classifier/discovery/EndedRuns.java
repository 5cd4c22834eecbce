package io.rationale.classifier.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import io.rationale.core.discovery.DiscoveryEvent;
import io.rationale.core.json.Json;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Finds out which runs have ended, from the topic that says how they stand. */
final class EndedRuns {
    private static final Duration PIECE = Duration.ofMillis(200);
    private static final Set<String> FINAL = Stream.of(DiscoveryEvent.State.values())
            .filter(DiscoveryEvent.State::isFinal)
            .map(state -> state.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());

    private EndedRuns() {}

    /** Reads to the end that the topic has now. @param consumer without a group */
    static Set<String> read(Consumer<byte[], byte[]> consumer, String topic) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(each -> new TopicPartition(topic, each.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        var ends = consumer.endOffsets(partitions);
        Set<String> ended = new HashSet<>();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(PIECE).forEach(record -> {
                if (isFinal(record)) {
                    ended.add(new String(record.key(), StandardCharsets.UTF_8));
                }
            });
        }
        return ended;
    }

    private static boolean isFinal(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null || record.value() == null) {
            return false;
        }
        try {
            JsonNode event = Json.tree(record.value());
            return FINAL.contains(event.path("state").asText());
        } catch (UncheckedIOException e) {
            return false;
        }
    }
}
