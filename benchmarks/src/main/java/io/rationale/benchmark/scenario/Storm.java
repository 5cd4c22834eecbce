package io.rationale.benchmark.scenario;

import io.rationale.benchmark.scenario.ChaosStack.Instance;
import io.rationale.benchmark.stack.Await;
import io.rationale.benchmark.stack.ChildProcess;
import io.rationale.benchmark.stack.TcpProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One trouble after the other, each on one of the processes, several at a time; each mends what it broke. Which ones come
 * depends on the seed, what they meet does not.
 */
final class Storm {
    private static final String KILL = "kill -9 and start";
    private static final Duration GRACE = Duration.ofSeconds(90);
    /** Between two troubles; long enough for work to get done meanwhile. */
    private static final int SHORTEST_GAP_MILLIS = 1_000;

    private static final int LONGEST_GAP_MILLIS = 7_000;
    private static final int SHORTEST_CUT_MILLIS = 500;
    /** Longer than a member of a group may be silent, which is 6 s. */
    private static final int LONGEST_CUT_MILLIS = 9_000;

    private static final Map<String, Double> FAULTS = Map.of(
            "http-500", 0.04,
            "http-503", 0.04,
            "reset", 0.04,
            "error-in-stream", 0.04,
            "missing-id", 0.06,
            "bad-escapes", 0.04,
            "trailing-commas", 0.04,
            "truncated-in-answer", 0.04,
            "truncated-in-thought", 0.04);

    private final ChaosStack stack;
    private final Random random;
    private final Set<String> beset = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<RuntimeException> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger troubles = new AtomicInteger();
    private final AtomicInteger forced = new AtomicInteger();
    private final AtomicLong explained = new AtomicLong();

    Storm(ChaosStack stack, long seed) {
        this.stack = stack;
        this.random = new Random(seed);
    }

    /** A trouble: what it befalls, what it is, and what it does until all is mended again. */
    private record Trouble(String target, String what, Runnable course) {}

    /** Blows so long; returns when the last trouble is over. */
    void blow(Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        try (ExecutorService courses = Executors.newVirtualThreadPerTaskExecutor()) {
            while (System.nanoTime() < end && failures.isEmpty()) {
                Await.pause(Duration.ofMillis(random.nextInt(SHORTEST_GAP_MILLIS, LONGEST_GAP_MILLIS)));
                Trouble next = next(troubles.get());
                if (beset.add(next.target())) {
                    troubles.incrementAndGet();
                    courses.submit(() -> run(next));
                }
            }
        }
        stack.r1.faults(Map.of());
        if (!failures.isEmpty()) {
            throw failures.peek();
        }
    }

    /** How many troubles came. */
    int troubles() {
        return troubles.get();
    }

    /** How many classifiers did not end by themselves when told to. */
    int forced() {
        return forced.get();
    }

    /** R1 calls that ran when a classifier was killed, suspended or cut off: what may have been asked in vain. */
    long explainedCalls() {
        return explained.get();
    }

    private void run(Trouble trouble) {
        try {
            Scenario.say("%s: %s", trouble.target(), trouble.what());
            trouble.course().run();
            Scenario.say("%s: mended (%s)", trouble.target(), trouble.what());
        } catch (RuntimeException e) {
            failures.add(e);
        } finally {
            beset.remove(trouble.target());
        }
    }

    private Trouble next() {
        Duration length = Duration.ofMillis(random.nextInt(SHORTEST_CUT_MILLIS, LONGEST_CUT_MILLIS));
        Instance instance = stack.instances.get(random.nextInt(stack.instances.size()));
        int node = random.nextInt(instance.toR1().size());
        List<Trouble> all = new ArrayList<>();
        all.add(new Trouble(instance.name(), KILL, () -> killClassifier(instance)));
        all.add(new Trouble(instance.name(), "SIGTERM and start", () -> rollClassifier(instance)));
        all.add(new Trouble(
                instance.name(),
                "suspended for " + shown(length),
                () -> suspend(instance.classifier().process(), length, true)));
        all.add(new Trouble(
                instance.name(), "no broker for " + shown(length), () -> cut(instance.toBroker(), length, true)));
        all.add(new Trouble(
                instance.name(),
                "no R1 node " + node + " for " + shown(length),
                () -> cut(instance.toR1().get(node), length, false)));
        all.add(new Trouble(instance.name(), "connections to broker reset", () -> instance.toBroker()
                .reset()));
        all.add(new Trouble("broker", KILL, this::killBroker));
        all.add(new Trouble(
                "broker", "suspended for " + shown(length), () -> suspend(stack.broker.process(), length, false)));
        all.add(new Trouble("r1", "node " + node + " down for " + shown(length), () -> nodeDown(node, length)));
        all.add(new Trouble("r1", "suspended for " + shown(length), () -> suspend(stack.r1.process(), length, false)));
        all.add(new Trouble("r1", "faults for " + shown(length), () -> faults(length)));
        return all.get(random.nextInt(all.size()));
    }

    /** However short a storm is, it kills a classifier and the broker. */
    private Trouble next(int troubles) {
        Instance first = stack.instances.getFirst();
        return switch (troubles) {
            case 0 -> new Trouble(first.name(), KILL, () -> killClassifier(first));
            case 1 -> new Trouble("broker", KILL, this::killBroker);
            default -> next();
        };
    }

    private void killClassifier(Instance instance) {
        count();
        instance.classifier().process().kill();
        instance.classifier().restart();
        instance.classifier().awaitLive();
    }

    private void rollClassifier(Instance instance) {
        if (!instance.classifier().process().terminate(GRACE)) {
            forced.incrementAndGet();
            Scenario.say("%s: did not end within %s and was killed", instance.name(), shown(GRACE));
        }
        instance.classifier().restart();
        instance.classifier().awaitLive();
    }

    private void killBroker() {
        stack.broker.process().kill();
        stack.broker.restart();
    }

    private void suspend(ChildProcess process, Duration length, boolean counts) {
        if (counts) {
            count();
        }
        process.suspend();
        Await.pause(length);
        process.resume();
    }

    private void cut(TcpProxy wire, Duration length, boolean counts) {
        if (counts) {
            count();
        }
        wire.cut();
        Await.pause(length);
        wire.heal();
    }

    private void nodeDown(int node, Duration length) {
        stack.r1.node(node, false);
        Await.pause(length);
        stack.r1.node(node, true);
    }

    private void faults(Duration length) {
        stack.r1.faults(FAULTS);
        Await.pause(length);
        stack.r1.faults(Map.of());
    }

    /** All that run: which belong to whom the simulator does not know. It is not asked while it may not answer. */
    private void count() {
        if (beset.add("r1")) {
            try {
                explained.addAndGet(stack.r1.stats().running());
            } finally {
                beset.remove("r1");
            }
        }
    }

    private static String shown(Duration length) {
        return String.format("%.1f s", length.toMillis() / 1e3);
    }
}
