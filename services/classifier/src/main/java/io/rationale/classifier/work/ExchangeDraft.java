package io.rationale.classifier.work;

import io.rationale.core.audit.Exchange;
import io.rationale.core.json.Json;
import io.rationale.core.verdict.ExchangePointer;
import java.time.Instant;
import java.util.Optional;

/** An exchange and, once it is written, where. Shared by the decisions that came of it. Thread safe. */
public final class ExchangeDraft {
    private final String id;
    private final Instant startedAt;
    private final int notes;
    private volatile byte[] json;
    private volatile ExchangePointer pointer;

    /**
     * @param id        of the exchange
     * @param startedAt when it was sent
     * @param notes     that it is about, at least one
     * @param json      the exchange as it is to stand in Kafka; not to be changed any more
     */
    public ExchangeDraft(String id, Instant startedAt, int notes, byte[] json) {
        this.id = id;
        this.startedAt = startedAt;
        this.notes = notes;
        this.json = json;
    }

    /** The exchange's id. */
    public String id() {
        return id;
    }

    /** When it was sent. */
    public Instant startedAt() {
        return startedAt;
    }

    /** What is to be written, not to be changed; nothing any more once it is, since it may be large. */
    public Optional<byte[]> json() {
        return Optional.ofNullable(json);
    }

    /** Bytes that each of its notes has waiting to be written. */
    public int share() {
        byte[] waiting = json;
        return waiting == null ? 0 : waiting.length / notes;
    }

    /** What was asked and answered, read anew, as long as there is {@link #json}. */
    public Optional<Exchange> exchange() {
        return json().map(bytes -> Json.read(bytes, Exchange.class));
    }

    /** Where it stands, once its transaction is committed. */
    public Optional<ExchangePointer> pointer() {
        return Optional.ofNullable(pointer);
    }

    /** Its transaction is committed. */
    public void written(ExchangePointer at) {
        this.pointer = at;
        this.json = null;
    }
}
