package io.rationale.console.statistics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.WrappedStateStore;

/**
 * The partial counts of one task. Changes gather in memory and are written, and told to the listener, when Streams
 * flushes its caches, which it does before every commit: so however often a count changed, its last value goes out
 * once, in the same transaction as everything else. This is what {@code aggregate} of the Streams DSL does, which
 * cannot be used here because it would send every change through another topic first; the hook is not part of Streams'
 * public interface ({@link org.apache.kafka.streams.state.internals.CachedStateStore}), so a test holds it. Used by the
 * task's thread only.
 */
final class CountStore extends WrappedStateStore<KeyValueStore<Bytes, byte[]>, CountKey, Sums> {
    private static final int FORMAT = 1;
    /** More are written before the commit; bounds memory. */
    private static final int MOST_CHANGED = 20_000;
    /** Counts held in memory between commits, because the next notes change the same. */
    private static final int MOST_HELD = 20_000;
    /** Sorts before every count, whose second byte is the span's. */
    private static final Bytes STATE_KEY = Bytes.wrap(new byte[] {0});

    private final Map<CountKey, Held> held = new HashMap<>();
    private final List<Held> changed = new ArrayList<>();
    private Listener listener;
    private State state;
    private boolean stateChanged;

    /** Learns the last value of each changed count before it is committed. */
    interface Listener {
        /** A commit comes: everything that was changed so far is in it. */
        void committing();

        /** Called before all changes, with what undoes it after them. */
        Runnable begin();

        /** What the count is called, for {@link #changed}: made once for a count that changes often. */
        byte[] name(CountKey key);

        /** @param sums null when no note is left; not to be kept */
        void changed(byte[] name, Sums sums);
    }

    /**
     * How far this task's counts are rolled up.
     *
     * @param generation when they began, in milliseconds since 1970
     * @param horizon    that every note was placed under
     */
    record State(long generation, Horizon horizon) {}

    private static final class Held {
        private final Bytes key;
        private final byte[] name;
        private final Sums sums;
        private boolean isChanged;

        Held(Bytes key, byte[] name, Sums sums) {
            this.key = key;
            this.name = name;
            this.sums = sums;
        }
    }

    CountStore(KeyValueStore<Bytes, byte[]> store) {
        super(store);
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        forget();
        super.init(context, root);
    }

    void onChange(Listener changes) {
        listener = changes;
    }

    /** What was kept, or null in a store that holds nothing yet. */
    State state() {
        if (state == null) {
            byte[] bytes = wrapped().get(STATE_KEY);
            if (bytes != null) {
                BinaryReader in = new BinaryReader(bytes).expect(FORMAT);
                state = new State(in.signed(), Horizon.read(in));
            }
        }
        return state;
    }

    void state(State next) {
        stateChanged = stateChanged || !next.equals(state());
        state = next;
    }

    /** The sums of that key, to be changed: they are written with the next flush. */
    Sums change(CountKey key) {
        if (changed.size() >= MOST_CHANGED) {
            send();
        }
        Held count = held.computeIfAbsent(key, this::read);
        if (!count.isChanged) {
            count.isChanged = true;
            changed.add(count);
        }
        return count.sums;
    }

    private Held read(CountKey key) {
        Bytes stored = Bytes.wrap(key.bytes());
        byte[] bytes = wrapped().get(stored);
        Sums sums = bytes == null ? new Sums() : Sums.read(new BinaryReader(bytes).expect(FORMAT));
        return new Held(stored, listener.name(key), sums);
    }

    /** Keys in the buckets of {@code first}'s span, from its start to that of {@code end}, exclusive; the first few. */
    List<CountKey> keys(Bucket first, Bucket end, int most) {
        send();
        List<CountKey> keys = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> range =
                wrapped().range(Bytes.wrap(CountKey.before(first)), Bytes.wrap(CountKey.before(end)))) {
            while (range.hasNext() && keys.size() < most) {
                KeyValue<Bytes, byte[]> next = range.next();
                keys.add(CountKey.of(next.key.get()));
            }
        }
        return keys;
    }

    /** Whether there is anything that no commit holds yet. */
    boolean isChanged() {
        return !changed.isEmpty();
    }

    @Override
    public void flushCache() {
        send();
        if (listener != null) {
            listener.committing();
        }
        super.flushCache();
    }

    private void send() {
        if (!changed.isEmpty() || stateChanged) {
            Runnable end = listener.begin();
            try {
                write();
            } finally {
                end.run();
            }
        }
    }

    private void write() {
        if (stateChanged) {
            BinaryWriter out = new BinaryWriter().octet(FORMAT).signed(state.generation());
            state.horizon().write(out);
            wrapped().put(STATE_KEY, out.toArray());
            stateChanged = false;
        }
        changed.forEach(this::write);
        changed.clear();
        if (held.size() > MOST_HELD) {
            held.clear();
        }
    }

    private void write(Held count) {
        count.isChanged = false;
        if (count.sums.isEmpty()) {
            wrapped().delete(count.key);
            listener.changed(count.name, null);
            return;
        }
        BinaryWriter out = new BinaryWriter().octet(FORMAT);
        count.sums.write(out);
        wrapped().put(count.key, out.toArray());
        listener.changed(count.name, count.sums);
    }

    /** Called when the task is given away or becomes a standby, after what it holds was committed or is void. */
    @Override
    public void clearCache() {
        forget();
        super.clearCache();
    }

    @Override
    public void close() {
        forget();
        super.close();
    }

    private void forget() {
        held.clear();
        changed.clear();
        state = null;
        stateChanged = false;
    }
}
