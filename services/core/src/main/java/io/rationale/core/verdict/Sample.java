package io.rationale.core.verdict;

import java.util.Objects;

/**
 * One of several votes about a note.
 *
 * @param category   the label that it gave
 * @param confidence as R1 stated it
 * @param exchange   where it stands; null until the exchange is written
 */
public record Sample(String category, Verdict.Confidence confidence, ExchangePointer exchange) {
    public Sample {
        Objects.requireNonNull(category, "category");
        confidence = confidence == null ? Verdict.Confidence.UNSTATED : confidence;
    }

    /** The same vote with its pointer. */
    public Sample at(ExchangePointer pointer) {
        return new Sample(category, confidence, pointer);
    }
}
