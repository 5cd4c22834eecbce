package io.rationale.classifier.r1.cluster;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * How many calls one server gets at once. It finds the server's slots by itself, also where the server queues without
 * bound and never says no.
 *
 * <p>With streamed answers the client sees the server's queue: a request without a first payload is queued or in
 * prefill, one with a payload has a slot, and where requests are served in the order of their coming, at a request's
 * first payload all that were sent before it have slots, too. So each first payload proves a number of slots ({@link
 * SlotEstimate}). As many calls as slots are known go out, and a few more: they prove further slots or wait as a short
 * queue, so that a freed slot is never idle. Long thoughts and long prompts do not disturb it.
 *
 * <p>Where answers are not streamed, {@link #observed} tells the same from the server's metrics; without those, too, the
 * limit is {@link #UNSEEN} from the first answer on. On top stands a cap for servers that reject ({@link RejectionCap}).
 *
 * <p>Times are nanoseconds of one monotonic clock. Not thread safe: guarded by its owner.
 */
public final class ConcurrencyLimit {
    /** Calls at once where neither first payloads nor metrics can be seen. */
    public static final int UNSEEN = 16;

    private static final long LONGEST_CLOSED = Duration.ofMinutes(5).toNanos();
    private static final long METRICS_FRESH = Duration.ofSeconds(30).toNanos();
    /** Patiences after which a freed slot must have shown who has it. */
    private static final long SETTLED = 4;

    /** The queue kept, as a share of the slots: 3 for 32. */
    private static final double QUEUE = 1.0 / 12;
    /** The step while nothing queues: short of what may queue (15 %), should the next slot not exist. */
    private static final double GROWTH = 1.0 / 8;

    /**
     * Between what the limit may move.
     *
     * @param min   calls that are always allowed, at least 1
     * @param max   calls that are never exceeded
     * @param fixed instead of finding out; rejections still cut it
     */
    public record Bounds(int min, int max, OptionalInt fixed) {
        /** From 1 to 256. */
        public static final Bounds DEFAULT = new Bounds(1, 256, OptionalInt.empty());

        public Bounds {
            if (min < 1 || max < min || fixed.orElse(1) < 1) {
                throw new IllegalArgumentException("bounds of concurrency must be 1 <= min <= max and fixed >= 1, not "
                        + min + ", " + max + ", " + fixed);
            }
        }

        /** No adaptation. */
        public static Bounds fixed(int calls) {
            return new Bounds(1, Math.max(1, calls), OptionalInt.of(calls));
        }
    }

    /** A call at the server; released by exactly one {@link #end}. */
    public final class Ticket {
        private final long sequence = nextSequence++;
        private final long sentAt;
        private final int promptTokens;
        private final int inFlightWhenSent = inFlight() + 1;
        private boolean started;

        private Ticket(long sentAt, int promptTokens) {
            this.sentAt = sentAt;
            this.promptTokens = promptTokens;
        }

        /** The first words of thought or answer came; further ones may be told, too. */
        public void firstPayload(long now) {
            if (pending.remove(this)) {
                start(this, now);
            }
        }

        /** The call is over; a second end changes nothing. */
        public void end(long now, Ending ending) {
            if (pending.remove(this) || running.remove(this)) {
                finish(this, now, ending);
            }
        }

        private boolean late(long now) {
            return now - sentAt > floor.patience(promptTokens);
        }
    }

    /** A call that had a slot and left it. */
    private record Left(long sequence, long at) {}

    private final Bounds bounds;
    private final FirstPayloadFloor floor = new FirstPayloadFloor();
    private final SlotEstimate slots = new SlotEstimate();
    private final RejectionCap cap;
    /** Without a first payload, in the order of sending. */
    private final Set<Ticket> pending = new LinkedHashSet<>();
    /** With one. */
    private final Set<Ticket> running = new HashSet<>();

    private final Deque<Left> left = new ArrayDeque<>();
    /** When slots were left, of those that no start has followed yet. */
    private final Deque<Long> vacated = new ArrayDeque<>();

    private long nextSequence;
    private long newestStarted = -1;
    /** The ticket that got the newest slot, if it had to wait for it. */
    private Optional<Ticket> newestWaited = Optional.empty();

    private int longestPrompt;
    private boolean streamed = true;
    private Optional<Observation> observation = Optional.empty();
    private OptionalLong closedUntil = OptionalLong.empty();

    private record Observation(long at, boolean queued) {}

    public ConcurrencyLimit(Bounds bounds) {
        this.bounds = bounds;
        this.cap = new RejectionCap(bounds.min());
    }

    /** Whether another call may be sent. */
    public boolean hasRoom(long now) {
        return !closed(now) && inFlight() < limit(now);
    }

    /** A call is sent. The caller has seen that there is room; a call without room is counted all the same. */
    public Ticket send(long now, int promptTokens) {
        Ticket ticket = new Ticket(now, promptTokens);
        pending.add(ticket);
        longestPrompt = Math.max(longestPrompt, promptTokens);
        return ticket;
    }

    /** Calls at once, as known now: the slots and the queue, within the bounds and the cap. */
    public int limit(long now) {
        int wanted = bounds.fixed().orElseGet(() -> Math.clamp(sought(now), bounds.min(), bounds.max()));
        return Math.min(wanted, cap.calls());
    }

    /** Slots of the server that are proven, for our calls; 0 before the first proof. */
    public int slots() {
        return slots.slots();
    }

    /** Calls at the server. */
    public int inFlight() {
        return pending.size() + running.size();
    }

    /** Calls without a first payload: queued or in prefill; none where first payloads cannot be seen. */
    public int waiting() {
        return streamed ? pending.size() : 0;
    }

    /** Whether first payloads can be seen at this server: without them a call without words may be well under way. */
    public boolean seesWords() {
        return streamed && newestStarted >= 0;
    }

    /** Until when the server asked to be left alone, where that is still to come. */
    public OptionalLong closedUntil(long now) {
        return closed(now) ? closedUntil : OptionalLong.empty();
    }

    /**
     * What the server's own metrics say, all its clients together. Its waiting requests are taken to be ours by our
     * share of all.
     *
     * @param inSlots requests that it works on
     * @param queued  requests in its queue
     */
    public void observed(long now, int inSlots, int queued) {
        observation = Optional.of(new Observation(now, queued > 0));
        int ours = inFlight();
        if (ours == 0 || inSlots == 0) {
            return;
        }
        int proven = queued == 0
                ? Math.min(ours, inSlots)
                : (int) Math.round(Math.min(inSlots, (double) ours * inSlots / (inSlots + queued)));
        slots.proof(Math.max(1, proven), queued > 0);
    }

    private int sought(long now) {
        boolean metrics =
                observation.filter(seen -> now - seen.at() < METRICS_FRESH).isPresent();
        if (!streamed && !metrics) {
            return UNSEEN;
        }
        int known = slots.slots();
        return queueing(now)
                ? Math.min(known, occupied(now)) + Math.max(1, (int) Math.round(known * QUEUE))
                : known + Math.max(2, (int) (known * GROWTH));
    }

    /**
     * Whether there is a queue at the server: the newest request in a slot had to wait for it, or one sent later waits
     * now. What later requests overtook is slow, not queued.
     */
    private boolean queueing(long now) {
        if (!streamed) {
            return observation.filter(Observation::queued).isPresent();
        }
        return newestWaited.filter(running::contains).isPresent() || headWaits(now);
    }

    private boolean headWaits(long now) {
        return pending.stream()
                .filter(ticket -> ticket.sequence > newestStarted)
                .findFirst()
                .filter(oldest -> oldest.late(now))
                .isPresent();
    }

    /**
     * Slots that can be ours at most, while requests queue: the queue takes each slot that is left, and its first
     * payload follows soon. A slot that is left without a start following was taken by another client, or is gone.
     */
    private int occupied(long now) {
        if (!streamed) {
            return Integer.MAX_VALUE;
        }
        forgetLeft(now);
        return running.size() + vacated.size();
    }

    private boolean closed(long now) {
        return closedUntil.isPresent() && now - closedUntil.getAsLong() < 0;
    }

    private void start(Ticket ticket, long now) {
        long wait = now - ticket.sentAt;
        boolean late = ticket.late(now);
        floor.record(now, wait, ticket.promptTokens, ticket.inFlightWhenSent * 2 <= slots.slots());
        ticket.started = true;
        running.add(ticket);
        vacated.pollFirst();
        streamed = true;
        newestStarted = Math.max(newestStarted, ticket.sequence);
        newestWaited = Optional.of(ticket).filter(started -> late);
        // A long prefill that is taken for a queue proves too little; but it followed an end, and so did others.
        int least = late ? Math.min(slots.slots(), occupied(now)) : 0;
        slots.proof(Math.max(least, inSlotsWith(ticket, now, late)), late);
    }

    /**
     * How many were in slots at the moment at which this request got its own: those sent before it that had not ended by
     * then. That moment is at least the floor ago, but on the way of a request that waited, network time is part of the
     * floor: then only half of it counts.
     */
    private int inSlotsWith(Ticket ticket, long now, boolean late) {
        long moment = now - (late ? floor.nanos() / 2 : floor.nanos());
        int inSlots = 0;
        for (Ticket other : running) {
            inSlots += other.sequence <= ticket.sequence ? 1 : 0;
        }
        for (Ticket other : pending) {
            inSlots += other.sequence < ticket.sequence && !other.late(now) ? 1 : 0;
        }
        Iterator<Left> latestFirst = left.descendingIterator();
        for (Left gone = next(latestFirst); gone != null && gone.at() - moment > 0; gone = next(latestFirst)) {
            inSlots += gone.sequence() < ticket.sequence ? 1 : 0;
        }
        return inSlots;
    }

    private static Left next(Iterator<Left> latestFirst) {
        return latestFirst.hasNext() ? latestFirst.next() : null;
    }

    /** Whoever takes a slot that was left shows a first payload before that, even where load makes prefill slower. */
    private void forgetLeft(long now) {
        long settled = SETTLED * floor.patience(longestPrompt);
        while (!left.isEmpty() && now - left.peekFirst().at() > settled) {
            left.removeFirst();
        }
        while (!vacated.isEmpty() && now - vacated.peekFirst() > settled) {
            vacated.removeFirst();
        }
    }

    private void finish(Ticket ticket, long now, Ending ending) {
        if (ticket.started) {
            left.addLast(new Left(ticket.sequence, now));
            vacated.addLast(now);
            forgetLeft(now);
        }
        switch (ending) {
            case Ending.Answered answered -> {
                // One odd answer without a payload, beside others with, is no server that does not stream.
                streamed = ticket.started || !running.isEmpty();
                cap.answered();
            }
            case Ending.Overloaded overloaded -> {
                cap.rejected(ticket.sequence, inFlight() + 1, nextSequence);
                overloaded.retryAfter().ifPresent(wait -> close(now, wait));
            }
            case Ending.TimedOut timedOut -> cap.rejected(ticket.sequence, inFlight() + 1, nextSequence);
            case Ending.Neutral neutral -> {}
        }
    }

    /** A server that asks for a day is asked again before. */
    private void close(long now, Duration wait) {
        long nanos = wait.compareTo(Duration.ofNanos(LONGEST_CLOSED)) > 0 ? LONGEST_CLOSED : wait.toNanos();
        long until = now + Math.max(0, nanos);
        if (!closed(now) || until - closedUntil.getAsLong() > 0) {
            closedUntil = OptionalLong.of(until);
        }
    }
}
