package io.rationale.benchmark.scenario;

import io.rationale.benchmark.check.AuditCheck;
import io.rationale.benchmark.check.CommittedRecords;
import io.rationale.benchmark.check.LexicalAnswers;
import io.rationale.benchmark.load.NoteLoad;
import io.rationale.benchmark.load.NoteTexts;
import io.rationale.benchmark.stack.Await;
import io.rationale.benchmark.stack.Processes;
import io.rationale.benchmark.stack.SimulatorProcess;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** One run: load flows while a storm blows; then all is calm, every note gets its decision, and all are checked. */
final class ChaosRun {
    private static final Duration TURN = Duration.ofMillis(100);
    private static final int GARBAGE_EVERY = 100;

    private final Plan plan;
    private final NoteTexts texts;
    private volatile int sent;

    ChaosRun(Plan plan) {
        this.plan = plan;
        this.texts = new NoteTexts(plan.seed());
    }

    /**
     * What to do.
     *
     * @param rate   notes a second
     * @param settle longest wait for the last decision after the storm
     */
    record Plan(int instances, int batch, Duration storm, Duration settle, double rate, long seed) {}

    /**
     * What came of it.
     *
     * @param troubles       how many came
     * @param forced         classifiers that did not end when they were told to
     * @param r1             what R1 did in all
     * @param explainedCalls R1 calls that ran when a classifier was killed, suspended or cut off
     * @param settled        from the end of the storm to the last decision
     */
    record Outcome(
            AuditCheck.Findings findings,
            int troubles,
            int forced,
            SimulatorProcess.Stats r1,
            long explainedCalls,
            Duration settled) {}

    Outcome run(Processes processes) {
        Scenario.say("%d classifiers, %d notes a call, seed %d", plan.instances(), plan.batch(), plan.seed());
        ChaosStack stack = ChaosStack.start(processes, plan.instances(), plan.batch(), plan.seed());
        AuditCheck check = new AuditCheck(stack.topics, new LexicalAnswers());
        Storm storm = new Storm(stack, plan.seed());
        try (CommittedRecords committed = new CommittedRecords(
                stack.broker.bootstrapServers(),
                List.of(stack.topics.audit(), stack.topics.exchanges(), stack.topics.deadLetters()))) {
            load(stack, check, committed, storm);
            long start = System.nanoTime();
            boolean settled = settle(check, committed, start);
            Duration settling = Duration.ofNanos(System.nanoTime() - start);
            Scenario.say(
                    settled ? "all is decided after %.1f s of calm" : "not all is decided after %.1f s of calm",
                    settling.toMillis() / 1e3);
            List<String> killed = stack.stop();
            // Those that should have been silent might still have had something to say.
            committed.readToEnd(check::accept);
            return new Outcome(
                    check.findings(),
                    storm.troubles(),
                    storm.forced() + killed.size(),
                    stack.r1.stats(),
                    storm.explainedCalls(),
                    settling);
        }
    }

    /** Sends notes until the storm is over, and waits until the broker has them all. */
    private void load(ChaosStack stack, AuditCheck check, CommittedRecords committed, Storm storm) {
        AtomicBoolean over = new AtomicBoolean();
        try (NoteLoad load = new NoteLoad(stack.broker.bootstrapServers(), stack.topics.notes(), check::sent);
                ExecutorService threads =
                        Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            Future<?> sender = threads.submit(() -> send(load, check, over));
            Future<?> reader = threads.submit(() -> {
                while (!over.get()) {
                    committed.poll(check::accept);
                }
            });
            try {
                storm.blow(plan.storm());
            } finally {
                over.set(true);
            }
            sender.get();
            reader.get();
            load.flush();
            Scenario.say(
                    "the storm is over after %d troubles; %d notes are sent, %d wait for their decision",
                    storm.troubles(), sent, check.outstanding());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("The load broke off.", e.getCause());
        }
    }

    private void send(NoteLoad load, AuditCheck check, AtomicBoolean over) {
        long start = System.nanoTime();
        while (!over.get()) {
            Await.pause(TURN);
            double seconds = (System.nanoTime() - start) / 1e9;
            while (sent < seconds * plan.rate()) {
                send(load, check);
            }
        }
    }

    private void send(NoteLoad load, AuditCheck check) {
        sent = sent + 1;
        if (sent % GARBAGE_EVERY == 0) {
            String key = "garbage-" + sent;
            load.sendGarbage(key, () -> check.sentGarbage(key));
        } else {
            load.send(texts.nextNote("note-"));
        }
    }

    private boolean settle(AuditCheck check, CommittedRecords committed, long start) {
        long reported = Long.MAX_VALUE;
        while (System.nanoTime() - start < plan.settle().toNanos()) {
            committed.poll(check::accept);
            long outstanding = check.outstanding();
            if (outstanding == 0) {
                return true;
            }
            if (outstanding < reported - Math.max(100, reported / 4)) {
                Scenario.say("%d notes wait for their decision", outstanding);
                reported = outstanding;
            }
        }
        return false;
    }
}
