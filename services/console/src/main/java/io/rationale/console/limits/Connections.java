package io.rationale.console.limits;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * All connections. There is room for a new one as long as another waits for its client: a thousand that send nothing do
 * not keep out one that does. Thread safe.
 */
final class Connections {
    private final int most;
    private final int mostPerAddress;
    private final Set<Watch> open = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> byAddress = new ConcurrentHashMap<>();

    Connections(int most, int mostPerAddress) {
        this.most = most;
        this.mostPerAddress = mostPerAddress;
    }

    /** How many there are. */
    int count() {
        return open.size();
    }

    /**
     * Takes a connection in.
     *
     * @return false when there is no room
     */
    boolean add(Watch watch) {
        String address = watch.address();
        if (byAddress.getOrDefault(address, 0) >= mostPerAddress
                && !makeRoom(other -> other.address().equals(address))) {
            return false;
        }
        if (open.size() >= most && !makeRoom(other -> true)) {
            return false;
        }
        if (open.add(watch)) {
            byAddress.merge(address, 1, Integer::sum);
        }
        return true;
    }

    /** It has gone; may be said twice. */
    void remove(Watch watch) {
        if (open.remove(watch)) {
            byAddress.computeIfPresent(watch.address(), (address, count) -> count > 1 ? count - 1 : null);
        }
    }

    private boolean makeRoom(Predicate<Watch> among) {
        long now = System.nanoTime();
        Optional<Watch> longest = open.stream()
                .filter(among)
                .filter(Watch::isWaiting)
                .max(Comparator.comparingLong(watch -> watch.waitedFor(now)));
        longest.ifPresent(watch -> {
            remove(watch);
            watch.giveWay();
        });
        return longest.isPresent();
    }
}
