package io.rationale.console.events;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The last decisions, in the order in which this replica read them, which is each partition's own. Bounded by number and
 * by size, since ids and sources are the senders'. Thread safe.
 */
final class DecisionLog {
    private final Told[] ring;
    private final long mostChars;
    private Positions begin;
    private Positions end;
    private long oldest;
    private long written;
    private long chars;

    /**
     * @param most      decisions kept
     * @param mostChars of their JSON
     */
    DecisionLog(int most, long mostChars) {
        this.ring = new Told[most];
        this.mostChars = mostChars;
    }

    /** Begins, empty, at those positions, also once more: then everybody who read before fell behind. */
    synchronized void start(Positions at) {
        begin = at.copy();
        end = at.copy();
        Arrays.fill(ring, null);
        // A number stays free, so that even who has read everything sees that something is missing.
        oldest = ++written;
        chars = 0;
    }

    /** Whether it has begun. */
    synchronized boolean isStarted() {
        return begin != null;
    }

    /** Adds the next decision of its partition. */
    synchronized void append(Told told) {
        if (written - oldest == ring.length) {
            forgetOldest();
        }
        ring[slot(written++)] = told;
        chars += told.json().length();
        end.advance(told.partition(), told.offset() + 1);
        while (chars > mostChars && oldest < written) {
            forgetOldest();
        }
    }

    /** The audit is read up to that offset, whatever stood there. */
    synchronized void readTo(int partition, long offset) {
        end.advance(partition, offset);
    }

    private void forgetOldest() {
        Told gone = ring[slot(oldest)];
        ring[slot(oldest++)] = null;
        chars -= gone.json().length();
        begin.advance(gone.partition(), gone.offset() + 1);
    }

    private int slot(long number) {
        return (int) (number % ring.length);
    }

    /** A place after everything so far. */
    synchronized Cursor live() {
        return new Cursor(written, end.copy());
    }

    /** A place before everything that is kept, of somebody who was told up to those positions. */
    synchronized Cursor from(Positions told) {
        return new Cursor(oldest, told.copy());
    }

    /** Where the kept decisions begin: everything before has to be read from the topic. */
    synchronized Positions begin() {
        return begin.copy();
    }

    /** Where they end. */
    synchronized Positions end() {
        return end.copy();
    }

    /** How many are kept. */
    synchronized int size() {
        return (int) (written - oldest);
    }

    /**
     * What comes next for that cursor, which moves on.
     *
     * @return nothing when it fell behind: what it needs is forgotten
     */
    synchronized Optional<List<Told>> read(Cursor cursor, int most, int mostTold) {
        if (cursor.number < oldest) {
            return Optional.empty();
        }
        List<Told> next = new ArrayList<>();
        int length = 0;
        while (cursor.number < written && next.size() < most && length < mostTold) {
            Told told = ring[slot(cursor.number++)];
            if (!told.isCoveredBy(cursor.told)) {
                next.add(told);
                length += told.json().length();
                cursor.told.advance(told.partition(), told.offset() + 1);
            }
        }
        if (cursor.number == written && cursor.told.partitions() == end.partitions()) {
            advance(cursor);
        }
        return Optional.of(next);
    }

    /** Up to date: markers and unreadable records behind the last decision count as told, too. */
    private void advance(Cursor cursor) {
        for (int i = 0; i < end.partitions(); i++) {
            cursor.told.advance(i, end.next(i));
        }
    }

    /** Whether that cursor has anything to read. */
    synchronized boolean hasMore(Cursor cursor) {
        return cursor.number < written;
    }

    /** A reader's place in the log. Used by one thread at a time. */
    static final class Cursor {
        private final Positions told;
        private long number;

        private Cursor(long number, Positions told) {
            this.number = number;
            this.told = told;
        }

        /** What the reader was told up to. */
        Positions told() {
            return told;
        }
    }
}
