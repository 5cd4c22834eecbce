package io.rationale.console.statistics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** A key range over the stores of several partitions, in the order of the keys. One thread; must be closed. */
final class OrderedScan<V> implements AutoCloseable {
    private final List<KeyValueIterator<String, V>> all = new ArrayList<>();
    private final PriorityQueue<KeyValueIterator<String, V>> open;

    OrderedScan(List<ReadOnlyKeyValueStore<String, V>> stores, String from, String to) {
        open = new PriorityQueue<>(Comparator.comparing(KeyValueIterator::peekNextKey, OrderedScan::compareCodePoints));
        try {
            stores.forEach(store -> all.add(store.range(from, to)));
            all.stream().filter(KeyValueIterator::hasNext).forEach(open::add);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** The order of the stores is that of UTF-8 bytes, which is that of code points and not of Java's chars. */
    static int compareCodePoints(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            if (a.charAt(i) != b.charAt(i)) {
                return Integer.compare(weight(a.charAt(i)), weight(b.charAt(i)));
            }
        }
        return Integer.compare(a.length(), b.length());
    }

    private static int weight(char c) {
        return Character.isSurrogate(c) ? Character.MAX_VALUE + c : c;
    }

    boolean hasNext() {
        return !open.isEmpty();
    }

    KeyValue<String, V> next() {
        KeyValueIterator<String, V> first = open.poll();
        if (first == null) {
            throw new NoSuchElementException();
        }
        KeyValue<String, V> entry = first.next();
        if (first.hasNext()) {
            open.add(first);
        }
        return entry;
    }

    @Override
    public void close() {
        all.forEach(KeyValueIterator::close);
    }
}
