package io.rationale.console.events;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What changed, by name: {@code changed("alerts")} makes every listener get an event {@code alerts}, soon and however
 * often it changed meanwhile once. Thread safe.
 */
public final class LiveSignals {
    private final Map<String, Long> revisions = new ConcurrentHashMap<>();
    private volatile Runnable onChange = () -> {};

    /** Something of that name changed. Never blocks. */
    public void changed(String name) {
        revisions.merge(name, 1L, Long::sum);
        onChange.run();
    }

    /** How often it changed, by name. */
    Map<String, Long> revisions() {
        return Map.copyOf(revisions);
    }

    void onChange(Runnable listener) {
        onChange = listener;
    }
}
