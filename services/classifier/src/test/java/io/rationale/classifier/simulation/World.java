package io.rationale.classifier.simulation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The log, the group, the model, and what goes wrong with them. */
final class World {
    private static final int SESSION_TIMEOUT = 6_000;
    private static final int TRANSACTION_TIMEOUT = 15_000;
    /** Offsets without a record: transaction markers. */
    private static final double HOLES = 0.02;
    /** A call takes ten seconds; one in a thousand a thousand times as long. */
    private static final double MEDIAN = 10_000;

    private static final double SIGMA = 0.98;
    private static final double SLOW = 0.001;
    private static final int STUCK = 5;

    private final Plan plan;
    private final Random random;
    private final Timeline timeline = new Timeline();
    private final Tally tally = new Tally();
    private final List<PartitionLog> logs = new ArrayList<>();
    private final List<Instance> instances = new ArrayList<>();
    private final List<Runnable> stuckCalls = new ArrayList<>();
    private int stuckOffset;
    private boolean isStuck = true;

    World(Plan plan, long seed) {
        this.plan = plan;
        this.random = new Random(seed);
        for (int i = 0; i < plan.partitions(); i++) {
            logs.add(new PartitionLog(records(), plan.maxMetadata(), tally, random));
        }
        stuckOffset = logs.getFirst().next(STUCK);
        for (int i = 0; i < plan.instances(); i++) {
            instances.add(new Instance(this, timeline, random, plan, tally));
        }
    }

    List<PartitionLog> logs() {
        return logs;
    }

    /** Runs until every note is decided and committed. */
    Tally run() {
        instances.forEach(Instance::start);
        rebalance();
        every(plan.crashEvery(), this::crash);
        every(plan.shuffleEvery(), this::shuffle);
        while (!logs.stream().allMatch(PartitionLog::isDone)) {
            timeline.step();
            tally.steps++;
            Check.that(tally.asked == tally.decided + tally.outstanding + tally.lost, "asked is decided or lost");
            unstickNearTheEnd();
        }
        logs.forEach(PartitionLog::compare);
        Check.that(tally.decided == plan.notes(), "each is decided");
        Check.that(tally.asked == plan.notes() + tally.lost + tally.outstanding, "only what was lost is asked again");
        tally.seconds = timeline.now() / 1_000;
        return tally;
    }

    /** How long the model takes. */
    void call(List<Task> batch, Runnable ended) {
        if (isStuck && batch.stream().anyMatch(this::isStuck)) {
            stuckCalls.add(ended);
            return;
        }
        double millis = MEDIAN * Math.exp(SIGMA * random.nextGaussian());
        timeline.after((long) (random.nextDouble() < SLOW ? 1_000 * MEDIAN : millis), ended);
    }

    private boolean isStuck(Task task) {
        return task.work.log == logs.getFirst() && task.offset == stuckOffset;
    }

    private void unstickNearTheEnd() {
        if (isStuck && tally.decided >= plan.notes() - Math.max(plan.notes() / 20, 64)) {
            isStuck = false;
            tally.beyondStuck = logs.getFirst().decidedFrom(stuckOffset);
            Check.that(logs.getFirst().committed() <= stuckOffset, "the watermark waits for the one that is stuck");
            stuckCalls.forEach(Runnable::run);
        }
    }

    private BitSet records() {
        BitSet records = new BitSet();
        int offset = 0;
        int count = plan.notes() / plan.partitions();
        while (records.cardinality() < count) {
            int missing = count - records.cardinality();
            for (int i = 0; i < missing; i++) {
                while (random.nextDouble() < HOLES) {
                    offset++;
                }
                records.set(offset++);
            }
        }
        return records;
    }

    /** At random times, that many seconds apart on average. */
    private void every(int seconds, Runnable action) {
        if (seconds > 0) {
            timeline.after((long) (-Math.log(1 - random.nextDouble()) * seconds * 1_000), () -> {
                action.run();
                every(seconds, action);
            });
        }
    }

    private void crash() {
        Instance victim = any();
        if (!victim.isAlive()) {
            return;
        }
        tally.crashes++;
        Transaction left = victim.kill();
        if (left != null) {
            timeline.after(TRANSACTION_TIMEOUT, () -> left.end(false));
        }
        timeline.after(SESSION_TIMEOUT, this::rebalance);
        timeline.after(100 + random.nextInt(60_000), () -> {
            if (left != null) {
                left.end(false);
            }
            victim.start();
            rebalance();
        });
    }

    /** A member that is put out, or partitions that are given to others. */
    private void shuffle() {
        Instance one = any();
        if (random.nextInt(3) == 0 && one.isAlive() && !one.isRevoking() && one.membership() == one.knownMembership()) {
            tally.evictions++;
            logs.stream().filter(log -> log.owner() == one).forEach(log -> log.give(null));
            one.evict(this::rebalance);
            timeline.after(random.nextInt(1_000), this::rebalance);
        } else {
            rebalance();
        }
    }

    private void rebalance() {
        List<Instance> members = instances.stream()
                .filter(each -> each.isAlive() && each.membership() == each.knownMembership())
                .toList();
        if (members.isEmpty() || instances.stream().anyMatch(Instance::isRevoking)) {
            timeline.after(1_000, this::rebalance);
            return;
        }
        tally.rebalances++;
        int shift = random.nextInt(members.size());
        Map<Instance, List<PartitionLog>> leaving = new LinkedHashMap<>();
        for (int i = 0; i < logs.size(); i++) {
            PartitionLog log = logs.get(i);
            Instance next = members.get((i + shift) % members.size());
            if (log.owner() == null || !log.owner().isAlive()) {
                give(log, next);
            } else if (log.owner() != next) {
                leaving.computeIfAbsent(log.owner(), owner -> new ArrayList<>()).add(log);
            }
        }
        leaving.forEach((owner, each) -> owner.revoke(each, () -> each.forEach(log -> log.give(null))));
        if (!leaving.isEmpty()) {
            timeline.after(100, this::giveLeft);
        }
    }

    /** Gives what was let go to any member, as soon as nobody lets go any more. */
    private void giveLeft() {
        if (instances.stream().anyMatch(Instance::isRevoking)) {
            timeline.after(100, this::giveLeft);
            return;
        }
        List<Instance> members = instances.stream()
                .filter(each -> each.isAlive() && each.membership() == each.knownMembership())
                .toList();
        if (members.isEmpty()) {
            timeline.after(1_000, this::giveLeft);
            return;
        }
        logs.stream()
                .filter(log -> log.owner() == null)
                .forEach(log -> give(log, members.get(random.nextInt(members.size()))));
    }

    private static void give(PartitionLog log, Instance to) {
        log.give(to);
        to.assign(log);
    }

    private Instance any() {
        return instances.get(random.nextInt(instances.size()));
    }
}
