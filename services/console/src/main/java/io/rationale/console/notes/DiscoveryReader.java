package io.rationale.console.notes;

import io.rationale.console.kafka.KafkaClients;
import io.rationale.core.discovery.DiscoveryEvent;
import io.rationale.core.json.Json;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;

/** Reads how discoveries stand, with their results, from where it was said. Thread safe. */
public final class DiscoveryReader implements AutoCloseable {
    private final RecordPicker picker;

    /** @param topic of the discoveries */
    public DiscoveryReader(KafkaClients clients, String topic) {
        this.picker = new RecordPicker(clients, topic, "console-discovery-reader");
    }

    /** Nothing when it is not there any more. */
    public Optional<DiscoveryEvent> at(int partition, long offset) {
        AtomicReference<DiscoveryEvent> found = new AtomicReference<>();
        picker.forEach(
                partition, LongStream.of(offset), read -> found.set(Json.read(read.value(), DiscoveryEvent.class)));
        return Optional.ofNullable(found.get());
    }

    @Override
    public void close() {
        picker.close();
    }
}
