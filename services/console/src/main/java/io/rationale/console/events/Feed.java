package io.rationale.console.events;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;

/**
 * What one listener is told, and when: the pace of each kind of event, and a place in the decisions. Holds nothing but
 * that place, and what was read back for it at the start. Used by one thread.
 */
final class Feed {
    /** Decisions of a message. */
    static final int MOST_DECISIONS = 200;

    /** Characters after which a message takes no further decision. */
    private static final int MOST_CHARS = 256 * 1024;

    private static final long BETWEEN_DECISIONS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long BETWEEN_SIGNALS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long HEARTBEAT = TimeUnit.SECONDS.toNanos(15);
    private static final String STATISTICS = "statistics";

    private final DecisionLog log;
    private final Queue<Told> missed;
    private final Map<String, Long> signalled = new HashMap<>();
    private final Map<String, Long> signalledAt = new HashMap<>();
    private DecisionLog.Cursor cursor;
    private String reset;
    private boolean greeted;
    private long decisionsAt;
    private long lastAt;

    /**
     * An event, or a comment where there is no name.
     *
     * @param name of the event, or null
     * @param id   to resume after, or null
     * @param data of the event, or the comment
     */
    record Message(String name, String id, String data) {}

    /** Where a feed begins. */
    record Start(DecisionLog.Cursor cursor, List<Told> missed, String reset) {
        /** @param reset a sentence that says why something was left out, or null */
        Start {
            missed = List.copyOf(missed);
        }
    }

    /** @param now of a monotonous clock in nanoseconds, as in every call */
    Feed(DecisionLog log, Start start, Map<String, Long> signals, long now) {
        this.log = log;
        this.cursor = start.cursor();
        this.missed = new ArrayDeque<>(start.missed());
        this.reset = start.reset();
        signalled.putAll(signals);
        decisionsAt = now - BETWEEN_DECISIONS;
        lastAt = now;
    }

    /**
     * What is to be sent now, if anything.
     *
     * @param statistics revision of the counts
     * @param signals    revisions of what else changes, by name
     */
    Optional<Message> next(long now, long statistics, Map<String, Long> signals) {
        Optional<Message> next = choose(now, statistics, signals);
        if (next.isPresent()) {
            lastAt = now;
        }
        return next;
    }

    private Optional<Message> choose(long now, long statistics, Map<String, Long> signals) {
        if (!greeted) {
            greeted = true;
            return Optional.of(new Message(null, cursor.told().encode(), "connected"));
        }
        Optional<Message> signal = signal(STATISTICS, statistics, now);
        for (Map.Entry<String, Long> each : signals.entrySet()) {
            signal = signal.isPresent() ? signal : signal(each.getKey(), each.getValue(), now);
        }
        if (signal.isPresent()) {
            return signal;
        }
        if (reset != null) {
            return Optional.of(resetBecause());
        }
        if (now - decisionsAt >= BETWEEN_DECISIONS) {
            Optional<Message> decisions = decisions();
            if (decisions.isPresent()) {
                decisionsAt = now;
                return decisions;
            }
        }
        return now - lastAt >= HEARTBEAT ? Optional.of(new Message(null, null, "heartbeat")) : Optional.empty();
    }

    private Optional<Message> signal(String name, long revision, long now) {
        boolean isNew = signalled.getOrDefault(name, -1L) != revision;
        if (!isNew || now - signalledAt.getOrDefault(name, now - BETWEEN_SIGNALS) < BETWEEN_SIGNALS) {
            return Optional.empty();
        }
        signalled.put(name, revision);
        signalledAt.put(name, now);
        return Optional.of(new Message(name, null, "{\"revision\":" + revision + "}"));
    }

    private Message resetBecause() {
        String why = reset;
        reset = null;
        return new Message("reset", cursor.told().encode(), "{\"detail\":\"" + why + "\"}");
    }

    private Optional<Message> decisions() {
        if (!missed.isEmpty()) {
            return Optional.of(message(takeMissed()));
        }
        Optional<List<Told>> read = log.read(cursor, MOST_DECISIONS, MOST_CHARS);
        if (read.isEmpty()) {
            cursor = log.live();
            reset = "Decisions came faster than they were fetched, and some are left out: load anew what is shown.";
            return Optional.of(resetBecause());
        }
        return read.filter(told -> !told.isEmpty()).map(this::message);
    }

    private Collection<Told> takeMissed() {
        Queue<Told> taken = new ArrayDeque<>();
        int chars = 0;
        while (!missed.isEmpty() && taken.size() < MOST_DECISIONS && chars < MOST_CHARS) {
            Told told = missed.remove();
            chars += told.json().length();
            cursor.told().advance(told.partition(), told.offset() + 1);
            taken.add(told);
        }
        return taken;
    }

    private Message message(Collection<Told> told) {
        StringJoiner json = new StringJoiner(",", "{\"decisions\":[", "]}");
        told.forEach(each -> json.add(each.json()));
        return new Message("decisions", cursor.told().encode(), json.toString());
    }

    /** When there may be something to send without anything happening, in nanoseconds from now. */
    long idle(long now, long statistics, Map<String, Long> signals) {
        long idle = HEARTBEAT - (now - lastAt);
        if (reset != null || !missed.isEmpty() || log.hasMore(cursor)) {
            idle = Math.min(idle, BETWEEN_DECISIONS - (now - decisionsAt));
        }
        idle = Math.min(idle, idle(STATISTICS, statistics, now));
        for (Map.Entry<String, Long> each : signals.entrySet()) {
            idle = Math.min(idle, idle(each.getKey(), each.getValue(), now));
        }
        return Math.max(0, idle);
    }

    private long idle(String name, long revision, long now) {
        return signalled.getOrDefault(name, -1L) == revision
                ? HEARTBEAT
                : BETWEEN_SIGNALS - (now - signalledAt.getOrDefault(name, now - BETWEEN_SIGNALS));
    }
}
