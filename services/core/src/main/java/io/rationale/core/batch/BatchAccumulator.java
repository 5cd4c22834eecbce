package io.rationale.core.batch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * Collects what waits for R1 and cuts it into batches: by count, by estimated tokens, and by linger, so that batches are
 * full under load and small ones leave at once when there is nothing to wait for. First in, first out. Not thread safe.
 *
 * @param <T> what is batched
 */
public final class BatchAccumulator<T> {
    private final Supplier<Limits> limits;
    private final ToIntFunction<T> tokens;
    private final ArrayDeque<Waiting<T>> waiting = new ArrayDeque<>();
    private long waitingTokens;

    /**
     * When a batch is cut.
     *
     * @param maxNotes  most notes in a batch
     * @param maxTokens most estimated tokens of its notes; a single larger note makes a batch of its own
     * @param linger    longest wait for company
     */
    public record Limits(int maxNotes, int maxTokens, Duration linger) {
        public Limits {
            if (maxNotes < 1 || maxTokens < 1 || linger.isNegative()) {
                throw new IllegalArgumentException(
                        "a batch has at least one note and one token; linger is not negative");
            }
        }
    }

    private record Waiting<T>(T item, int tokens, Instant since) {}

    /** @param limits asked at each cut: what a model takes is known only when it was asked */
    public BatchAccumulator(Supplier<Limits> limits, ToIntFunction<T> tokens) {
        this.limits = limits;
        this.tokens = tokens;
    }

    /** Adds an item that waits since {@code now}. */
    public void add(T item, Instant now) {
        Waiting<T> added = new Waiting<>(item, tokens.applyAsInt(item), now);
        waiting.add(added);
        waitingTokens += added.tokens();
    }

    /** The next batch if one is full or its first item has waited for the linger; else nothing. */
    public Optional<List<T>> poll(Instant now) {
        Limits current = limits.get();
        if (waiting.isEmpty() || !(isFull(current) || hasLingered(current, now))) {
            return Optional.empty();
        }
        List<T> batch = new ArrayList<>();
        long batchTokens = 0;
        while (!waiting.isEmpty() && batch.size() < current.maxNotes()) {
            Waiting<T> first = waiting.peek();
            if (!batch.isEmpty() && batchTokens + first.tokens() > current.maxTokens()) {
                break;
            }
            batch.add(first.item());
            batchTokens += first.tokens();
            waitingTokens -= first.tokens();
            waiting.remove();
        }
        return Optional.of(batch);
    }

    /** Items that wait. */
    public int size() {
        return waiting.size();
    }

    /** Lets go of the items that match. */
    public void removeIf(java.util.function.Predicate<T> predicate) {
        waiting.removeIf(each -> predicate.test(each.item()));
        waitingTokens = waiting.stream().mapToLong(Waiting::tokens).sum();
    }

    private boolean isFull(Limits current) {
        return waiting.size() >= current.maxNotes() || waitingTokens >= current.maxTokens();
    }

    private boolean hasLingered(Limits current, Instant now) {
        return !now.isBefore(waiting.peek().since().plus(current.linger()));
    }
}
