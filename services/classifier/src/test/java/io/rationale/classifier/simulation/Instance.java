package io.rationale.classifier.simulation;

import io.rationale.classifier.work.InFlightLimit;
import io.rationale.core.batch.BatchAccumulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** What {@code NoteConsumer} and {@code Dispatcher} do, step by step, with the real ledger, accumulator and limit. */
final class Instance {
    private static final int POLL = 50;
    private static final int POLL_RECORDS = 200;
    private static final int FLUSH = 10_000;
    private static final Duration BATCH_LINGER = Duration.ofMillis(100);

    private final World world;
    private final Timeline timeline;
    private final Random random;
    private final Plan plan;
    private final Tally tally;
    private final Map<PartitionLog, Work> works = new LinkedHashMap<>();
    private final List<PartitionLog> arriving = new ArrayList<>();
    /** Taken in and not released. */
    private final Set<Task> live = new LinkedHashSet<>();

    private BatchAccumulator<Task> accumulator;
    private InFlightLimit inFlight;
    private Publisher publisher;
    private int running;
    private boolean alive;
    private boolean revoking;
    private int revocation;
    /** What was scheduled in an earlier life does not happen. */
    private int life;
    /** As the group knows it, and as this instance does. */
    private int membership;

    private int knownMembership;

    Instance(World world, Timeline timeline, Random random, Plan plan, Tally tally) {
        this.world = world;
        this.timeline = timeline;
        this.random = random;
        this.plan = plan;
        this.tally = tally;
    }

    void start() {
        BatchAccumulator.Limits limits = new BatchAccumulator.Limits(plan.batch(), 12_000, BATCH_LINGER);
        accumulator = new BatchAccumulator<>(() -> limits, task -> 100);
        inFlight = new InFlightLimit(plan::maxInFlight, Long.MAX_VALUE);
        publisher = new Publisher(this, timeline, random, plan, tally);
        running = 0;
        alive = true;
        revoking = false;
        knownMembership = ++membership;
        later(POLL, this::loop);
    }

    /** Everything in memory is gone. @return the transaction that it left, or null */
    Transaction kill() {
        Transaction left = publisher.killed();
        alive = false;
        life++;
        membership++;
        Check.that(inFlight.notes() == live.size(), "what is in flight is released once");
        live.forEach(Task::lost);
        live.clear();
        works.clear();
        arriving.clear();
        return left;
    }

    boolean isAlive() {
        return alive;
    }

    boolean isRevoking() {
        return revoking;
    }

    int membership() {
        return membership;
    }

    int knownMembership() {
        return knownMembership;
    }

    List<PartitionLog> logs() {
        return world.logs();
    }

    void later(long millis, Runnable action) {
        int mine = life;
        timeline.after(millis, () -> {
            if (mine == life) {
                action.run();
            }
        });
    }

    void assign(PartitionLog log) {
        arriving.add(log);
    }

    /** The group asks for partitions back: what is finished is written first, if that is soon enough. */
    void revoke(Collection<PartitionLog> logs, Runnable done) {
        revoking = true;
        int mine = ++revocation;
        Runnable letGo = () -> {
            if (revoking && mine == revocation) {
                revoking = false;
                letGo(logs);
                knownMembership = ++membership;
                done.run();
            }
        };
        later(random.nextInt(4) == 0 ? 1 : FLUSH, letGo);
        publisher.flush(letGo);
    }

    /** The group put this member out; it notices later. */
    void evict(Runnable noticed) {
        membership++;
        arriving.clear();
        later(random.nextInt(5_000), () -> {
            letGo(List.copyOf(works.keySet()));
            knownMembership = membership;
            noticed.run();
        });
    }

    void release(Task task) {
        Check.that(live.remove(task), "released once");
        inFlight.release(Task.BYTES);
    }

    private void loop() {
        if (!revoking && knownMembership == membership) {
            arriving.removeIf(log -> {
                if (log.isStable()) {
                    log.compare();
                    works.put(log, new Work(log, plan.maxMetadata()));
                }
                return log.isStable();
            });
            poll();
            takeIn();
            dispatch();
        }
        later(POLL, this::loop);
    }

    private void poll() {
        int left = POLL_RECORDS;
        for (Work work : works.values()) {
            boolean isPaused = !work.polled.isEmpty();
            for (int next = work.log.next(work.position); !isPaused && next >= 0 && left > 0; left--) {
                work.polled.add(next);
                work.position = next + 1;
                next = work.log.next(work.position);
            }
        }
    }

    private void takeIn() {
        boolean tookAny = true;
        while (tookAny) {
            tookAny = false;
            for (Work work : works.values()) {
                if (!work.polled.isEmpty() && inFlight.hasRoom() && work.ledger.hasRoom(work.polled.peek())) {
                    takeIn(work, work.polled.remove());
                    tookAny = true;
                }
            }
        }
        works.values().forEach(this::verify);
        tally.mostInFlight = Math.max(tally.mostInFlight, inFlight.notes());
        Check.that(inFlight.notes() <= plan.maxInFlight(), "memory is bounded");
    }

    private void takeIn(Work work, int offset) {
        boolean isNew = work.ledger.accept(offset);
        Check.that(isNew == !work.log.isDecided(offset), "what is finished is skipped, and nothing else");
        if (isNew) {
            Task task = new Task(work, offset, tally);
            live.add(task);
            inFlight.acquire(Task.BYTES);
            accumulator.add(task, timeline.instant());
        }
    }

    /** What waits does so for want of memory, or because the ledger is full by any count. */
    private void verify(Work work) {
        tally.mostUnfinished = Math.max(tally.mostUnfinished, work.ledger.unfinished());
        if (work.polled.isEmpty()) {
            return;
        }
        tally.looks++;
        if (inFlight.hasRoom()) {
            tally.refusals++;
            int bytes = (plan.maxMetadata() - 3) * 3 / 4;
            Check.that(
                    work.polled.peek() + 1 - work.ledger.watermark() > 8L * bytes,
                    "intake goes on while there is a bit for each offset");
            Check.that(
                    5L * work.ledger.unfinished() + 5 > bytes, "a few that are stuck stop nothing, however far behind");
        }
    }

    private void dispatch() {
        while (running < plan.calls()) {
            Optional<List<Task>> batch = accumulator.poll(timeline.instant());
            if (batch.isEmpty()) {
                return;
            }
            running++;
            batch.get().forEach(Task::asked);
            int mine = life;
            world.call(batch.get(), () -> {
                if (mine == life) {
                    running--;
                    batch.get().forEach(publisher::add);
                    dispatch();
                }
            });
        }
    }

    private void letGo(Collection<PartitionLog> logs) {
        for (PartitionLog log : logs) {
            arriving.remove(log);
            Work work = works.remove(log);
            if (work != null) {
                work.owned = false;
            }
        }
        accumulator.removeIf(task -> {
            if (!task.work.owned) {
                release(task);
            }
            return !task.work.owned;
        });
    }
}
