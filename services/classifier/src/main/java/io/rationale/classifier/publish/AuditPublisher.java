package io.rationale.classifier.publish;

import io.rationale.classifier.metrics.LoopMetrics;
import io.rationale.classifier.work.Decision;
import io.rationale.classifier.work.DecisionSink;
import io.rationale.classifier.work.ExchangeDraft;
import io.rationale.classifier.work.InFlightLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.jboss.logging.Logger;

/**
 * Gathers decisions for a short linger and writes them in one transaction. Decisions that could not be written are kept
 * and tried again, in order; those of partitions that are no longer ours are let go, since the next owner repeats them.
 */
public final class AuditPublisher implements DecisionSink {
    private static final Logger LOG = Logger.getLogger(AuditPublisher.class);
    private static final int MAX_DECISIONS = 1_000;
    private static final long MAX_UNWRITTEN_BYTES = 64L * 1024 * 1024;
    /** So that even a slow line takes a transaction long before it times out. */
    private static final long MAX_TRANSACTION_BYTES = 8L * 1024 * 1024;

    private static final Duration RETRY_DELAY = Duration.ofMillis(250);

    private final AuditTransaction transaction;
    private final InFlightLimit inFlight;
    private final LoopMetrics metrics;
    private final Duration linger;
    private final Runnable onClosed;
    private final BlockingQueue<Object> queue = new LinkedBlockingQueue<>();
    private final AtomicLong unwrittenBytes = new AtomicLong();
    private final Thread thread;
    private volatile ConsumerGroupMetadata group;
    /** Of what was gathered; used by the publisher's thread only. */
    private long pendingBytes;

    private volatile boolean closing;
    private volatile Throwable failure;

    /** A decision and its bytes, as they were when it came. */
    private record Result(Decision decision, long bytes) {}

    /** Asks for everything before it in the queue to be written now. */
    private record Flush(CountDownLatch done) {}

    /**
     * @param linger   longest wait of a result for company
     * @param onClosed runs when nothing is written any more
     */
    public AuditPublisher(
            AuditTransaction transaction,
            InFlightLimit inFlight,
            LoopMetrics metrics,
            Duration linger,
            Runnable onClosed) {
        this.transaction = transaction;
        this.inFlight = inFlight;
        this.metrics = metrics;
        this.linger = linger;
        this.onClosed = onClosed;
        this.thread = Thread.ofPlatform().name("audit-publisher").unstarted(this::run);
    }

    /** Begins to write. */
    public void start() {
        thread.start();
    }

    @Override
    public void add(Decision decision) {
        Result result = new Result(decision, bytes(decision));
        unwrittenBytes.addAndGet(result.bytes());
        queue.add(result);
    }

    @Override
    public boolean isFull() {
        return unwrittenBytes.get() > MAX_UNWRITTEN_BYTES;
    }

    /** What the consumer last knew of its group: commits carry it, so that a member that was evicted cannot commit. */
    public void groupMetadata(ConsumerGroupMetadata metadata) {
        this.group = metadata;
    }

    /** What ended the publisher, when it ended by itself: nothing is written any more. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** Waits until everything added before is written, at most so long. */
    public void flush(Duration bound) {
        if (closing || failure != null) {
            return;
        }
        Flush flush = new Flush(new CountDownLatch(1));
        queue.add(flush);
        try {
            if (!flush.done().await(bound.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("Finished results could not be written before their partitions went; they will be repeated");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes what is there and ends. */
    public void close(Duration bound) {
        flush(bound);
        closing = true;
        thread.interrupt();
        try {
            thread.join(bound);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        transaction.close();
        onClosed.run();
    }

    private void run() {
        List<Decision> pending = new ArrayList<>();
        try {
            transaction.settlePredecessor();
            while (!closing) {
                List<Flush> flushes = gather(pending);
                publish(pending);
                unwrittenBytes.addAndGet(-pendingBytes);
                pendingBytes = 0;
                flushes.forEach(flush -> flush.done().countDown());
            }
        } catch (InterruptedException e) {
            // Closed: what is pending stays in Kafka.
        } catch (RuntimeException | Error e) {
            failure = e;
            LOG.errorf(e, "Publishing ended pending=%d", pending.size());
        }
    }

    /** Waits for a first decision, then for the linger, unless somebody asks to flush. */
    private List<Flush> gather(List<Decision> pending) throws InterruptedException {
        List<Flush> flushes = new ArrayList<>();
        Object next = queue.take();
        long until = System.nanoTime() + linger.toNanos();
        while (next != null) {
            if (next instanceof Flush flush) {
                flushes.add(flush);
                return flushes;
            }
            Result result = (Result) next;
            pending.add(result.decision());
            pendingBytes += result.bytes();
            long left = until - System.nanoTime();
            boolean isFull = pending.size() >= MAX_DECISIONS || pendingBytes >= MAX_TRANSACTION_BYTES;
            next = isFull || left <= 0 ? null : queue.poll(left, TimeUnit.NANOSECONDS);
        }
        return flushes;
    }

    private void publish(List<Decision> pending) throws InterruptedException {
        while (!pending.isEmpty()) {
            // Before the look at who owns what: metadata of a later membership could commit what was lost in between.
            ConsumerGroupMetadata membership = group;
            letGoOfLost(pending);
            Instant begin = Instant.now();
            if (membership != null && transaction.write(pending, membership, this::release)) {
                Instant now = Instant.now();
                metrics.transactionCommitted(pending, Duration.between(begin, now), now);
                pending.forEach(this::release);
                pending.clear();
            } else if (!pending.isEmpty()) {
                metrics.transactionFailed();
                TimeUnit.MILLISECONDS.sleep(RETRY_DELAY.toMillis());
            }
        }
    }

    /** Its note, and its share of exchanges; those that are written already take none. */
    private static long bytes(Decision decision) {
        long bytes = decision.size();
        for (ExchangeDraft draft : decision.exchanges()) {
            bytes += draft.share();
        }
        return bytes;
    }

    private void letGoOfLost(List<Decision> pending) {
        pending.removeIf(decision -> {
            if (!decision.work().owned()) {
                release(decision);
                return true;
            }
            return false;
        });
    }

    private void release(Decision decision) {
        inFlight.release(decision.size());
        if (decision instanceof Decision.AboutNote about) {
            about.task().span().end();
        }
    }
}
