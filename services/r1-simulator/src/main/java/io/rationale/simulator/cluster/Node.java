package io.rationale.simulator.cluster;

import io.rationale.simulator.SimulatorStats;
import io.rationale.simulator.fault.Fault;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * One server of the cluster without its HTTP: slots, queue, prefix cache, pace and counters. Knows no thread and no
 * timer, only a clock, so a simulation may drive it by a virtual one. Thread-safe.
 */
public final class Node {
    private static final int REMEMBERED_PROMPTS = 64;

    private final TimeModel time;
    private final LongSupplier nanoClock;
    private final Load load;
    private final SlotQueue queue;
    private final PrefixCache prefixes = new PrefixCache(REMEMBERED_PROMPTS);
    private final Counters counters = new Counters();

    /**
     * @param queueBound how many requests may wait; empty for any number
     * @param nanoClock  as {@link System#nanoTime()}
     */
    public Node(TimeModel time, OptionalInt queueBound, LongSupplier nanoClock) {
        this.time = time;
        this.nanoClock = nanoClock;
        load = new Load(time, nanoClock);
        queue = new SlotQueue(time.slots(), queueBound, load);
    }

    /** Counts a request, before it gets a slot, a place in the queue or a refusal. */
    public void requested() {
        counters.requested();
    }

    /** Counts the faults that a request gets. */
    public void given(Set<Fault> faults) {
        faults.forEach(counters::given);
    }

    /**
     * Takes a slot or waits for one.
     *
     * @param granted runs once when the slot is there, perhaps at once, on the thread that freed it
     * @return the place, or nothing where the queue is full
     */
    public Optional<SlotQueue.Ticket> enter(Runnable granted) {
        Optional<SlotQueue.Ticket> ticket = queue.enter(granted);
        if (ticket.isEmpty()) {
            counters.rejected();
        }
        return ticket;
    }

    /** The tokens of the prompt that are in the prefix cache; from now on all of it is. */
    public int cachedTokens(String prompt) {
        return prefixes.lookUpAndRemember(prompt);
    }

    /** Starts the prefill of a request that has its slot. */
    public Progress begin(int uncachedTokens) {
        return new Progress(load, nanoClock, (long) (time.prefillNanos(uncachedTokens) * load.slowdown()));
    }

    /** Between two tokens of a request at the load of now. */
    public double tokenNanos() {
        return load.tokenNanos();
    }

    /** Counts an answer that was sent whole. */
    public void served(Served served) {
        counters.served(served);
    }

    /** From now on everything takes so many times as long as the time model says. */
    public void slowDown(double factor) {
        load.slowDown(factor);
    }

    /** Forgets counters and prefix cache; what is running goes on. */
    public void reset() {
        counters.reset();
        load.reset();
        forgetPrompts();
    }

    /** Empties the prefix cache, as a restart does. */
    public void forgetPrompts() {
        prefixes.clear();
    }

    public int slots() {
        return time.slots();
    }

    public SimulatorStats stats() {
        return counters.with(load.read(), time.slots());
    }
}
