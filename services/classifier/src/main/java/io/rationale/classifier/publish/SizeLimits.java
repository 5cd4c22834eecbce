package io.rationale.classifier.publish;

import io.rationale.classifier.work.Decision;
import io.rationale.classifier.work.ExchangeDraft;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * How many bytes the values of those records may have that a topic refused as too large. Nobody needs to know the topics'
 * limits, which count compressed bytes: each refusal halves what is allowed.
 */
final class SizeLimits {
    /** No limit. */
    static final int NONE = Integer.MAX_VALUE;

    /** A topic that does not take this is of no use. */
    private static final int LEAST = 1_024;

    private final Map<ExchangeDraft, Integer> exchanges = new IdentityHashMap<>();
    private final Map<Decision, Integer> events = new IdentityHashMap<>();
    private final Map<Decision, Integer> letters = new IdentityHashMap<>();

    int of(ExchangeDraft draft) {
        return exchanges.getOrDefault(draft, NONE);
    }

    int ofEvent(Decision decision) {
        return events.getOrDefault(decision, NONE);
    }

    int ofLetter(Decision decision) {
        return letters.getOrDefault(decision, NONE);
    }

    void refused(ExchangeDraft draft, int bytes) {
        exchanges.put(draft, half(bytes));
    }

    void refusedEvent(Decision decision, int bytes) {
        events.put(decision, half(bytes));
    }

    void refusedLetter(Decision decision, int bytes) {
        letters.put(decision, half(bytes));
    }

    void clear() {
        exchanges.clear();
        events.clear();
        letters.clear();
    }

    private static int half(int bytes) {
        if (bytes <= LEAST) {
            throw new IllegalStateException(
                    "a topic refuses records of " + bytes + " bytes; raise its max.message.bytes");
        }
        return Math.max(LEAST, bytes / 2);
    }
}
