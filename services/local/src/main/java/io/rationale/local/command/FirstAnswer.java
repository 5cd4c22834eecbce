package io.rationale.local.command;

import io.rationale.local.node.RunningNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Waits for R1 to answer for the first time. */
final class FirstAnswer {
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private FirstAnswer() {}

    /**
     * A server that is just starting gets a moment, one that thinks about its first answer more.
     *
     * @return false when R1 cannot be reached, of which the user was told
     */
    static boolean awaited(RunningNode node) throws InterruptedException {
        List<String> faults = node.r1().awaitProbes(PATIENCE);
        if (!faults.isEmpty() && node.r1().probing()) {
            System.err.println("Waiting for a first answer of R1 …");
        }
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!faults.isEmpty() && (node.r1().probing() || System.nanoTime() < until) && !node.stopping()) {
            TimeUnit.MILLISECONDS.sleep(100);
            faults = node.r1().awaitProbes(Duration.ofMillis(400));
        }
        faults.forEach(fault -> System.err.println("rationale: R1 cannot be reached: " + fault));
        return faults.isEmpty();
    }
}
