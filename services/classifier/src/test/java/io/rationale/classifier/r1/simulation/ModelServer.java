package io.rationale.classifier.r1.simulation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * A server as vLLM is: slots, a queue in the order of coming, prefill, and tokens that come the slower the more requests
 * are decoded together. All decode at the same pace, so one counter of tokens serves them all: a request ends when the
 * counter has gone on by its tokens.
 */
final class ModelServer {
    /**
     * @param slots          requests worked on at once
     * @param queueBound     requests that may wait; more are rejected with 429
     * @param promptPerSecond prompt tokens of one prefill
     * @param fastest        per token, up to 4 at once
     * @param perDoubling    more per token for each doubling beyond
     * @param network        one way between client and server
     * @param order          which of those waiting is next
     */
    record Profile(
            int slots,
            int queueBound,
            double promptPerSecond,
            Duration fastest,
            Duration perDoubling,
            Duration network,
            Order order) {
        static final int UNBOUNDED = Integer.MAX_VALUE;

        /** R1 on eight GPUs: 20 ms per token at 4 at once, 200 ms (2,600 tokens/s in all) at 512. */
        static Profile r1(int slots) {
            return new Profile(
                    slots,
                    UNBOUNDED,
                    15_000,
                    Duration.ofMillis(20),
                    Duration.ofNanos(25_700_000),
                    Duration.ofMillis(10),
                    Order.COMING);
        }

        Profile away(Duration oneWay) {
            return new Profile(slots, queueBound, promptPerSecond, fastest, perDoubling, oneWay, order);
        }

        Profile inOrderOf(Order what) {
            return new Profile(slots, queueBound, promptPerSecond, fastest, perDoubling, network, what);
        }

        Profile rejectingBeyond(int queue) {
            return new Profile(slots, queue, promptPerSecond, fastest, perDoubling, network, order);
        }
    }

    /** Which of those waiting is next. */
    enum Order {
        /** First come, first served. */
        COMING,
        /** Any, as where a scheduler looks at prefixes or lengths. */
        RANDOM
    }

    /** What a client hears. */
    interface Caller {
        void firstPayload();

        void answered();

        void rejected();

        void broken();

        /** The server fell silent in the middle of the answer. */
        void silent();
    }

    /** A request at the server. */
    static final class Job {
        private final double promptTokens;
        private final double tokens;
        private final Caller caller;
        private double endsAt;

        Job(double promptTokens, double tokens, Caller caller) {
            this.promptTokens = promptTokens;
            this.tokens = tokens;
            this.caller = caller;
        }
    }

    private enum State {
        UP,
        DEAD,
        HUNG
    }

    private static final double OVERHEAD_SECONDS = 0.05;

    private final Timeline timeline;
    private final String name;
    private final Profile profile;
    private final BooleanSupplier workWaits;
    private final ServerStats stats = new ServerStats();
    private final Deque<Job> queue = new ArrayDeque<>();
    private final Set<Job> prefilling = new LinkedHashSet<>();
    private final PriorityQueue<Job> decoding = new PriorityQueue<>(Comparator.comparingDouble(job -> job.endsAt));
    private final Random random = new Random(1);
    private State state = State.UP;
    private int slots;
    private double slowness = 1;
    private double counter;
    private long accounted;
    private long nextEnd;
    private boolean retired;

    ModelServer(Timeline timeline, String name, Profile profile, BooleanSupplier workWaits) {
        this.timeline = timeline;
        this.name = name;
        this.profile = profile;
        this.slots = profile.slots();
        this.workWaits = workWaits;
        this.accounted = timeline.now();
    }

    Duration network() {
        return profile.network();
    }

    /** No client knows it any more: its slots do not count. */
    void retire() {
        account();
        retired = true;
    }

    String name() {
        return name;
    }

    ServerStats stats() {
        return stats;
    }

    int running() {
        return prefilling.size() + decoding.size();
    }

    int queued() {
        return queue.size();
    }

    int slots() {
        return slots;
    }

    /** Whether it answers a probe. */
    boolean up() {
        return state == State.UP;
    }

    /** Whether it refuses connections, rather than being silent. */
    boolean dead() {
        return state == State.DEAD;
    }

    void arrive(Job job) {
        account();
        if (dead()) {
            job.caller.broken();
        } else if (up() && running() >= slots && queue.size() >= profile.queueBound()) {
            job.caller.rejected();
        } else {
            queue.add(job);
            fill();
        }
    }

    /** The client closed the connection. */
    void cancel(Job job) {
        account();
        if (queue.remove(job) || prefilling.remove(job) || decoding.remove(job)) {
            fill();
        }
    }

    void die() {
        account();
        state = State.DEAD;
        List<Job> all = new ArrayList<>(queue);
        all.addAll(prefilling);
        all.addAll(decoding.stream()
                .sorted(Comparator.comparingDouble(job -> job.endsAt))
                .toList());
        queue.clear();
        prefilling.clear();
        decoding.clear();
        all.forEach(job -> job.caller.broken());
    }

    /** Keeps its connections, answers /health, and generates nothing. */
    void hang() {
        account();
        state = State.HUNG;
        List.copyOf(decoding).forEach(job -> job.caller.silent());
    }

    void restart() {
        die();
        state = State.UP;
    }

    void setSlots(int count) {
        account();
        slots = count;
        fill();
    }

    void slowDown(double factor) {
        account();
        slowness = factor;
        scheduleEnd();
    }

    /** Brings the figures and the counter up to now; before anything changes, here or in a client. */
    void account() {
        long duration = timeline.now() - accounted;
        accounted = timeline.now();
        if (up()) {
            counter += duration / nanosPerToken();
            if (!retired && workWaits.getAsBoolean()) {
                stats.add(duration, slots, running(), queue.size());
            }
        }
    }

    private void fill() {
        while (up() && running() < slots && !queue.isEmpty()) {
            Job job = next();
            prefilling.add(job);
            timeline.after(prefill(job), () -> decode(job));
        }
        stats.seen(slots, running());
        scheduleEnd();
    }

    private Job next() {
        if (profile.order() == Order.RANDOM) {
            int ahead = random.nextInt(queue.size());
            for (int i = 0; i < ahead; i++) {
                queue.addLast(queue.removeFirst());
            }
        }
        return queue.remove();
    }

    /** The more is decoded, the more often a prefill waits for a step. */
    private Duration prefill(Job job) {
        double seconds = OVERHEAD_SECONDS + job.promptTokens / profile.promptPerSecond();
        return Duration.ofNanos((long) (1e9 * slowness * seconds * (1 + (double) decoding.size() / slots)));
    }

    private void decode(Job job) {
        account();
        if (up() && prefilling.remove(job)) {
            job.endsAt = counter + job.tokens;
            decoding.add(job);
            job.caller.firstPayload();
            scheduleEnd();
        }
    }

    private void scheduleEnd() {
        long version = ++nextEnd;
        if (up() && !decoding.isEmpty()) {
            double nanos = (decoding.peek().endsAt - counter) * nanosPerToken();
            timeline.after(Duration.ofNanos((long) Math.max(1, nanos + 1)), () -> end(version));
        }
    }

    private void end(long version) {
        if (version != nextEnd) {
            return;
        }
        account();
        List<Job> ended = new ArrayList<>();
        while (!decoding.isEmpty() && decoding.peek().endsAt <= counter) {
            ended.add(decoding.remove());
        }
        fill();
        ended.forEach(job -> job.caller.answered());
    }

    private double nanosPerToken() {
        double doublings = Math.max(0, StrictMath.log(Math.max(1, decoding.size()) / 4.0) / StrictMath.log(2));
        return slowness
                * (profile.fastest().toNanos()
                        + doublings * profile.perDoubling().toNanos());
    }
}
