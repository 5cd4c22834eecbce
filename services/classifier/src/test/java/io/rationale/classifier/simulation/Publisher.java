package io.rationale.classifier.simulation;

import io.rationale.core.ledger.OffsetLedger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What {@code AuditPublisher} and {@code AuditTransaction} do, step by step, against a broker that may not answer. */
final class Publisher {
    private static final int LINGER = 100;
    private static final int RETRY = 250;
    private static final int MAX_DECISIONS = 1_000;

    private final Instance instance;
    private final Timeline timeline;
    private final Random random;
    private final Plan plan;
    private final Tally tally;
    private final ArrayDeque<Task> queue = new ArrayDeque<>();
    private final List<Task> pending = new ArrayList<>();
    private final List<Runnable> flushes = new ArrayList<>();
    private boolean idle = true;
    /** Told apart from lingers that a flush cut short. */
    private int linger;

    private boolean inDoubt;
    private Transaction open;

    Publisher(Instance instance, Timeline timeline, Random random, Plan plan, Tally tally) {
        this.instance = instance;
        this.timeline = timeline;
        this.random = random;
        this.plan = plan;
        this.tally = tally;
    }

    void add(Task task) {
        queue.add(task);
        lingerIfIdle();
    }

    /** Calls back when everything added before is written, or given up. */
    void flush(Runnable done) {
        flushes.add(done);
        if (idle || pending.isEmpty()) {
            idle = false;
            gather(++linger);
        }
    }

    /** The process is killed: the commit may have been on its way, or the transaction stays open. */
    Transaction killed() {
        if (open != null && random.nextBoolean()) {
            open.end(true);
        }
        return open;
    }

    private void lingerIfIdle() {
        if (idle && !queue.isEmpty()) {
            idle = false;
            int mine = ++linger;
            later(LINGER, () -> gather(mine));
        }
    }

    private void gather(int mine) {
        if (mine != linger || !pending.isEmpty()) {
            return;
        }
        while (!queue.isEmpty() && pending.size() < MAX_DECISIONS) {
            pending.add(queue.remove());
        }
        attempt();
    }

    private void attempt() {
        int membership = instance.knownMembership();
        pending.removeIf(task -> {
            if (!task.work.owned) {
                task.lost();
                instance.release(task);
            }
            return !task.work.owned;
        });
        if (inDoubt && !settle()) {
            later(RETRY, this::attempt);
        } else if (pending.isEmpty()) {
            succeeded();
        } else {
            later(2 + random.nextInt(20), () -> sendOffsets(membership));
        }
    }

    /** A new producer ends what the last one left, whichever way; the committed ledgers tell which. */
    private boolean settle() {
        if (open != null) {
            open.end(random.nextBoolean());
            open = null;
        }
        if (!instance.logs().stream().allMatch(PartitionLog::isStable)) {
            return false;
        }
        pending.removeIf(task -> {
            PartitionLog log = task.work.log;
            boolean isWritten =
                    OffsetLedger.restore(log.committed(), log.metadata()).isFinished(task.offset);
            Check.that(isWritten == log.isDecided(task.offset), "what is committed is told from the ledger");
            if (isWritten) {
                instance.release(task);
            }
            return isWritten;
        });
        inDoubt = false;
        return true;
    }

    private void sendOffsets(int membership) {
        if (membership != instance.membership()) {
            pending.forEach(task -> task.work.ledger.finish(task.offset));
            failed();
        } else {
            open = new Transaction(pending);
            later(2 + random.nextInt(30), this::commit);
        }
    }

    private void commit() {
        double fate = random.nextDouble();
        if (fate >= plan.failing()) {
            open.end(true);
            open = null;
            pending.forEach(instance::release);
            pending.clear();
            succeeded();
            return;
        }
        if (fate < plan.failing() / 3) {
            open.end(false);
        } else if (fate < plan.failing() * 2 / 3) {
            open.end(true);
        }
        failed();
    }

    private void failed() {
        tally.failedTransactions++;
        inDoubt = true;
        later(RETRY, this::attempt);
    }

    private void succeeded() {
        idle = true;
        if (!flushes.isEmpty() && !queue.isEmpty()) {
            idle = false;
            gather(++linger);
            return;
        }
        List<Runnable> done = List.copyOf(flushes);
        flushes.clear();
        done.forEach(Runnable::run);
        lingerIfIdle();
    }

    private void later(long millis, Runnable action) {
        instance.later(millis, action);
    }
}
