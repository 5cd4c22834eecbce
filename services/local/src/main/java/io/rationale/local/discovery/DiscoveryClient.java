package io.rationale.local.discovery;

import io.rationale.core.audit.CloudEvents;
import io.rationale.core.audit.Exchange;
import io.rationale.core.discovery.DiscoveryEvent;
import io.rationale.core.discovery.DiscoveryReport.Thought;
import io.rationale.core.discovery.DiscoveryRequest;
import io.rationale.core.json.Json;
import io.rationale.core.topic.Topics;
import io.rationale.topics.GrouplessConsumer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Asks for discoveries over Kafka and follows how they stand. Not thread safe. */
public final class DiscoveryClient implements AutoCloseable {
    private static final Duration PIECE = Duration.ofMillis(200);
    private static final String SOURCE = "/rationale/local";

    private final String bootstrapServers;
    private final Topics topics;
    private final Consumer<byte[], byte[]> states;
    private final KafkaProducer<byte[], byte[]> requests;
    private final Map<String, DiscoveryEvent> latest = new LinkedHashMap<>();

    /** Reads how all runs stand. */
    public DiscoveryClient(String bootstrapServers, Topics topics) {
        this.bootstrapServers = bootstrapServers;
        this.topics = topics;
        this.states = consumer();
        this.requests = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "acks",
                        "all",
                        "compression.type",
                        "lz4",
                        "max.request.size",
                        2 * DiscoveryRequest.MAX_BYTES),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        List<TopicPartition> partitions = partitions(states, topics.discoveries());
        states.assign(partitions);
        states.seekToBeginning(partitions);
        readTo(states, states.endOffsets(partitions), this::take);
    }

    /** How the runs stand that are known, by id. */
    public Map<String, DiscoveryEvent> latest() {
        return Map.copyOf(latest);
    }

    /** Waits a moment for news. @return how that run stands now, if anything was said of it */
    public Optional<DiscoveryEvent> follow(String id) {
        states.poll(PIECE).forEach(record -> take(record.value()));
        return Optional.ofNullable(latest.get(id));
    }

    /** Writes a request and waits until Kafka has it. */
    public void send(DiscoveryRequest request) throws IOException, InterruptedException {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                topics.discoveryRequests(), request.id().getBytes(StandardCharsets.UTF_8), Json.bytes(request));
        CloudEvents.headers(
                        UUID.randomUUID().toString(),
                        SOURCE,
                        "io.rationale.discovery.requested.v1",
                        request.id(),
                        request.at())
                .forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        try {
            requests.send(record).get();
        } catch (ExecutionException e) {
            throw new IOException("the request could not be written to Kafka", e.getCause());
        }
    }

    /**
     * What R1 thought and answered in these exchanges.
     *
     * @param since no exchange is older
     */
    public Map<String, Thought> thoughts(Set<String> exchangeIds, Instant since) {
        Map<String, Thought> thoughts = new HashMap<>();
        try (Consumer<byte[], byte[]> consumer = consumer()) {
            List<TopicPartition> partitions = partitions(consumer, topics.exchanges());
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            Map<TopicPartition, Long> times = new HashMap<>();
            partitions.forEach(each -> times.put(each, since.toEpochMilli()));
            consumer.offsetsForTimes(times).forEach((partition, at) -> {
                if (at != null) {
                    consumer.seek(partition, at.offset());
                }
            });
            readTo(consumer, ends, value -> {
                Exchange exchange = Json.read(value, Exchange.class);
                if (exchangeIds.contains(exchange.id())) {
                    thoughts.put(exchange.id(), new Thought(text(exchange.reasoning()), text(exchange.content())));
                }
            });
        }
        return thoughts;
    }

    @Override
    public void close() {
        states.close();
        requests.close();
    }

    private void take(byte[] value) {
        DiscoveryEvent event = Json.read(value, DiscoveryEvent.class);
        latest.put(event.id(), event);
    }

    private static void readTo(
            Consumer<byte[], byte[]> consumer,
            Map<TopicPartition, Long> ends,
            java.util.function.Consumer<byte[]> values) {
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(PIECE).forEach(record -> {
                if (record.value() != null) {
                    values.accept(record.value());
                }
            });
        }
    }

    private static List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer, String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(each -> new TopicPartition(topic, each.partition()))
                .toList();
    }

    private Consumer<byte[], byte[]> consumer() {
        return new GrouplessConsumer(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"));
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }
}
