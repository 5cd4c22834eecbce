package io.rationale.console.notes;

import io.rationale.core.deadletter.DeadLetter;
import io.rationale.core.json.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jboss.logging.Logger;

/**
 * A dead letter where it stands.
 *
 * @param partition of the dead letters
 * @param offset    there
 * @param at        when it was written
 * @param key       of the record, or none
 * @param letter    what it says
 * @param headers   those of the original record, in their order
 * @param size      bytes of the original, of which the letter may hold the first only
 */
public record StoredLetter(
        int partition, long offset, Instant at, Bytes key, DeadLetter letter, List<OriginalHeader> headers, long size) {
    /** Reason of a record that does not say why it is here. */
    public static final String NO_HEADERS = "no-headers";

    /** What a dead letter says in headers of its own. */
    private static final Set<String> OWN =
            Set.of("reason", "cause", "field", "topic", "partition", "offset", "file", "line", "original-size");

    private static final Logger LOG = Logger.getLogger(StoredLetter.class);

    /** A header that came with the original. */
    public record OriginalHeader(String name, Bytes value) {}

    public StoredLetter {
        headers = List.copyOf(headers);
    }

    /** A record without a dead letter's headers is still somebody's lost note, so it is shown as what it is. */
    static StoredLetter of(ConsumerRecord<byte[], byte[]> read) {
        Map<String, String> own = new HashMap<>();
        List<OriginalHeader> others = new ArrayList<>();
        for (Header header : read.headers()) {
            if (header.value() == null) {
                continue;
            }
            if (OWN.contains(header.key())) {
                own.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
            } else {
                others.add(new OriginalHeader(header.key(), Bytes.of(header.value())));
            }
        }
        Bytes original = Bytes.of(read.value());
        return new StoredLetter(
                read.partition(),
                read.offset(),
                Instant.ofEpochMilli(read.timestamp()),
                Bytes.of(read.key()),
                letter(read, original, own),
                others,
                size(original, own.get("original-size")));
    }

    private static DeadLetter letter(ConsumerRecord<byte[], byte[]> read, Bytes original, Map<String, String> headers) {
        String key = read.key() == null ? null : new String(read.key(), StandardCharsets.UTF_8);
        try {
            return DeadLetter.of(key, original, headers);
        } catch (IllegalArgumentException e) {
            LOG.warnf("A dead letter has no usable headers; partition=%d offset=%d", read.partition(), read.offset());
            DeadLetter.Origin here = new DeadLetter.Origin.Topic(read.topic(), read.partition(), read.offset());
            return new DeadLetter(
                    key, original, NO_HEADERS, "The record does not say why it is a dead letter.", null, here);
        }
    }

    private static long size(Bytes original, String said) {
        return said != null && said.matches("\\d{1,18}") ? Long.parseLong(said) : original.size();
    }

    /** The original's header of that name; the last one where there are several. */
    public Optional<String> header(String name) {
        return headers.stream()
                .filter(header -> header.name().equals(name))
                .reduce((before, after) -> after)
                .map(header -> header.value().lenientUtf8());
    }

    /** Whether the end of the original is lost. */
    public boolean isCut() {
        return size > letter.original().size();
    }
}
