package io.rationale.classifier.r1.cluster;

import io.rationale.core.r1.ModelReply;
import io.rationale.core.r1.ModelRequest;
import io.rationale.core.r1.ReasoningModel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Waits until an endpoint has room, first come first served, and calls it. While no endpoint is up, that is as long as
 * it takes. Thread safe.
 */
public final class BalancingModel implements ReasoningModel {
    private final Balancer balancer;
    private final LongSupplier nanoClock;
    private final ReentrantLock lock = new ReentrantLock();
    /** One for each waiting caller, in the order of coming; only the first asks for room. */
    private final Deque<Condition> callers = new ArrayDeque<>();

    /** @param nanoClock {@link System#nanoTime()}, or a test's */
    public BalancingModel(Balancer balancer, LongSupplier nanoClock) {
        this.balancer = balancer;
        this.nanoClock = nanoClock;
        balancer.onChange(this::wakeFirst);
    }

    @Override
    public ModelReply call(ModelRequest request) throws InterruptedException {
        while (true) {
            Optional<ModelReply> reply = callOnce(request);
            if (reply.isPresent()) {
                return reply.get();
            }
        }
    }

    /** Nothing where the endpoint was taken out before it had words for this call: another may have. */
    private Optional<ModelReply> callOnce(ModelRequest request) throws InterruptedException {
        Admission admission = await(request);
        Interruption interruption = new Interruption();
        admission.onTakenOut(interruption::interrupt);
        ModelReply reply = null;
        try {
            reply = admission.endpoint().server().call(request, () -> admission.firstPayload(now()));
            interruption.end();
            return Optional.of(reply);
        } catch (InterruptedException e) {
            if (interruption.end()) {
                return Optional.empty();
            }
            throw e;
        } finally {
            if (reply == null) {
                admission.givenUp(now());
            } else {
                admission.replied(now(), reply);
            }
        }
    }

    /** Breaks a call off from another thread, and never anything that its thread does after it. */
    private static final class Interruption {
        private final Thread caller = Thread.currentThread();
        private boolean interrupted;
        private boolean over;

        synchronized void interrupt() {
            if (!over) {
                interrupted = true;
                caller.interrupt();
            }
        }

        /** @return whether the call was broken off by this */
        synchronized boolean end() {
            over = true;
            if (interrupted) {
                // It may have come too late to be noticed.
                Thread.interrupted();
            }
            return interrupted;
        }
    }

    /** Calls that wait for room. */
    public int waiting() {
        lock.lock();
        try {
            return callers.size();
        } finally {
            lock.unlock();
        }
    }

    private Admission await(ModelRequest request) throws InterruptedException {
        lock.lockInterruptibly();
        Condition turn = lock.newCondition();
        callers.addLast(turn);
        try {
            while (true) {
                Optional<Admission> admission =
                        callers.peekFirst() == turn ? balancer.admit(now(), request) : Optional.empty();
                if (admission.isPresent()) {
                    return admission.get();
                }
                sleep(turn);
            }
        } finally {
            callers.remove(turn);
            wakeFirst();
            lock.unlock();
        }
    }

    /** Somebody wakes the first when there may be room; the end of a pause is announced by nobody. */
    private void sleep(Condition turn) throws InterruptedException {
        OptionalLong room = balancer.nextRoom(now());
        if (room.isPresent() && callers.peekFirst() == turn) {
            turn.awaitNanos(Math.max(1, room.getAsLong() - now()));
        } else {
            turn.await();
        }
    }

    private void wakeFirst() {
        lock.lock();
        try {
            Condition first = callers.peekFirst();
            if (first != null) {
                first.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private long now() {
        return nanoClock.getAsLong();
    }
}
