package io.rationale.classifier.work;

import io.rationale.core.audit.Exchange;
import io.rationale.core.verdict.ExchangePointer;
import java.util.Optional;

/** An exchange and, once it is written, where. Shared by the decisions that came of it. */
public final class ExchangeDraft {
    private volatile Exchange exchange;
    private volatile ExchangePointer pointer;

    public ExchangeDraft(Exchange exchange) {
        this.exchange = exchange;
    }

    /** What was asked and answered; nothing any more once it is written, since it may be large. */
    public Optional<Exchange> exchange() {
        return Optional.ofNullable(exchange);
    }

    /** Where it stands, once its transaction is committed. */
    public Optional<ExchangePointer> pointer() {
        return Optional.ofNullable(pointer);
    }

    /** Its transaction is committed. */
    public void written(ExchangePointer at) {
        this.pointer = at;
        this.exchange = null;
    }
}
