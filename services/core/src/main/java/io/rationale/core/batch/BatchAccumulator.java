package io.rationale.core.batch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
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

    /** Adds an item before all others, since it waited in an earlier batch already; nobody lingers longer for it. */
    public void addFirst(T item, Instant now) {
        Instant since = waiting.isEmpty() ? now : waiting.peek().since();
        Waiting<T> added = new Waiting<>(item, tokens.applyAsInt(item), since);
        waiting.addFirst(added);
        waitingTokens += added.tokens();
    }

    /** The next batch if one is full or its first item has waited for the linger; else nothing. */
    public Optional<List<T>> poll(Instant now) {
        Limits current = limits.get();
        boolean isDue = !waiting.isEmpty() && (isFull(current) || hasLingered(current, now));
        return isDue ? Optional.of(cut(current)) : Optional.empty();
    }

    /** The next batch, be it full or not; nothing only when nothing waits. */
    public Optional<List<T>> pollNow() {
        return waiting.isEmpty() ? Optional.empty() : Optional.of(cut(limits.get()));
    }

    private List<T> cut(Limits current) {
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
        return batch;
    }

    /** Items that wait. */
    public int size() {
        return waiting.size();
    }

    /** Lets go of the items that match. */
    public void removeIf(Predicate<T> predicate) {
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
