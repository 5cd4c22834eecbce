package io.rationale.classifier.work;

import io.rationale.core.json.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.header.Headers;

/**
 * What came with a record's value, unchanged, for its dead letter.
 *
 * @param key     or null
 * @param headers in their order, without those whose names a dead letter needs itself; so many of the first as are no
 *                burden
 */
public record Envelope(Bytes key, List<Header> headers) {
    /** A record without key and headers. */
    public static final Envelope NONE = new Envelope(null, List.of());

    private static final int MOST = 64;
    private static final int MOST_BYTES = 64 * 1024;
    private static final Set<String> TAKEN = Set.of(
            "reason", "cause", "field", "topic", "partition", "offset", "file", "line", "original-size", "redacted");

    /**
     * One header.
     *
     * @param value or null
     */
    public record Header(String name, Bytes value) {
        int size() {
            return name.length() + (value == null ? 0 : value.size());
        }
    }

    public Envelope {
        headers = List.copyOf(headers);
    }

    /** As Kafka delivers them. */
    public static Envelope of(byte[] key, Headers headers) {
        List<Header> kept = new ArrayList<>();
        int bytes = 0;
        for (org.apache.kafka.common.header.Header each : headers) {
            Header header = new Header(each.key(), each.value() == null ? null : Bytes.of(each.value()));
            bytes += header.size();
            if (kept.size() == MOST || bytes > MOST_BYTES) {
                break;
            }
            if (!TAKEN.contains(header.name())) {
                kept.add(header);
            }
        }
        return new Envelope(key == null ? null : Bytes.of(key), kept);
    }

    /** The last value of that name. */
    public Optional<String> header(String name) {
        return headers.reversed().stream()
                .filter(each -> each.name().equals(name) && each.value() != null)
                .findFirst()
                .map(each -> each.value().lenientUtf8());
    }

    /** Bytes of the headers. */
    public int size() {
        return headers.stream().mapToInt(Header::size).sum();
    }
}
