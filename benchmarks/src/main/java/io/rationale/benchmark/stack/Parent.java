package io.rationale.benchmark.stack;

import java.io.IOException;

/** The process that started this one. */
public final class Parent {
    private Parent() {}

    /** Ends this process when the one that started it has gone, even if that was killed: its pipe to us closes. */
    public static void watch() {
        Thread.ofPlatform().daemon().name("parent").start(() -> {
            try {
                while (System.in.read() >= 0) {
                    // Nothing is said here; the end is what counts.
                }
            } catch (IOException e) {
                // The same as the end.
            }
            Runtime.getRuntime().halt(1);
        });
    }
}
