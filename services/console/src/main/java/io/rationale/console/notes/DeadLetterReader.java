package io.rationale.console.notes;

import io.rationale.console.kafka.KafkaClients;
import io.rationale.core.deadletter.DeadLetter;
import io.rationale.core.json.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jboss.logging.Logger;

/** Reads the dead letters, committed ones only. Thread safe. */
public final class DeadLetterReader {
    private static final Logger LOG = Logger.getLogger(DeadLetterReader.class);

    private final KafkaClients clients;
    private final String topic;

    public DeadLetterReader(KafkaClients clients, String topic) {
        this.clients = clients;
        this.topic = topic;
    }

    /** Shows all dead letters up to the present end, with bounded memory, by time. */
    public void forEach(Consumer<DeadLetter> visitor) {
        try (TopicScan scan = new TopicScan(clients, topic)) {
            scan.forEach(read -> visitor.accept(letter(read)));
        }
    }

    /** A record without a dead letter's headers is still somebody's lost note, so it is shown as what it is. */
    private static DeadLetter letter(ConsumerRecord<byte[], byte[]> read) {
        String key = read.key() == null ? null : new String(read.key(), StandardCharsets.UTF_8);
        Bytes original = Bytes.of(read.value());
        try {
            return DeadLetter.of(key, original, headers(read));
        } catch (IllegalArgumentException e) {
            LOG.warnf("A dead letter has no usable headers; partition=%d offset=%d", read.partition(), read.offset());
            DeadLetter.Origin here = new DeadLetter.Origin.Topic(read.topic(), read.partition(), read.offset());
            return new DeadLetter(
                    key, original, "no-headers", "The record does not say why it is a dead letter.", null, here);
        }
    }

    private static Map<String, String> headers(ConsumerRecord<byte[], byte[]> read) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : read.headers()) {
            if (header.value() != null) {
                headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        return headers;
    }
}
