package io.rationale.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rationale.simulator.R1Simulator;
import io.rationale.simulator.SimulatorOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterruptedIT {
    private static final int NOTES = 360;
    /** The classifier's defaults: calls at a time, and notes in one. */
    private static final int IN_FLIGHT = 16 * 8;
    /** Few slots make answers come one after another, about ten a second. */
    private static final SimulatorOptions SLOW =
            SimulatorOptions.DEFAULT.withSlots(4).withSpeedUp(80);
    /** So slow that most notes have not been asked when it is interrupted, however long that takes. */
    private static final SimulatorOptions SLOWER =
            SimulatorOptions.DEFAULT.withSlots(4).withSpeedUp(20);

    private static final SimulatorOptions FAST = SimulatorOptions.DEFAULT.withSpeedUp(1e6);

    @TempDir
    Path folder;

    private List<String> texts;

    @BeforeEach
    void writeNotes() {
        texts = new RandomNotes(new Random().nextLong()).texts(NOTES);
        RandomNotes.write(folder.resolve("notes.csv"), texts);
    }

    @Test
    void shouldLoseAndRepeatNothingWhenKilled() {
        try (R1Simulator r1 = R1Simulator.start(SLOW)) {
            // given
            killAfter(NOTES / 3, r1);
            killAfter(2 * NOTES / 3, r1);

            // when
            try (RationaleProcess last = classify(r1)) {
                last.await().exitsWith(0);
            }

            // then
            assertComplete();
            assertThat(r1.stats().notes()).isBetween((long) NOTES, NOTES + 2L * IN_FLIGHT);
        }
    }

    @Test
    void shouldStopInOrderAndKeepTheDirectoryToItself() {
        try (R1Simulator r1 = R1Simulator.start(SLOWER);
                R1Simulator next = R1Simulator.start(FAST)) {
            // given
            try (RationaleProcess first = classify(r1)) {
                awaitLocked();
                assertRefusesTheDirectory();
                awaitAnswered(1, r1);

                // when
                first.interrupt();
                RationaleProcess.Result stopped = first.await();

                // then
                stopped.exitsWith(130);
                assertThat(stopped.out()).isEmpty();
                assertThat(stopped.err())
                        .containsPattern("Stopped with [1-9]\\d* notes left; the same command goes on")
                        .doesNotContain("ERROR");
            }
            long answered = r1.stats().notes();
            assertThat(answered).isLessThan(NOTES);

            // when
            try (RationaleProcess second = classify(next)) {
                second.await().exitsWith(0);
            }

            // then
            assertComplete();
            assertThat(answered + next.stats().notes()).isEqualTo(NOTES);
        }
    }

    private void assertRefusesTheDirectory() {
        RationaleProcess.Result other =
                RationaleProcess.run(folder, "report", "--data", "data").exitsWith(2);
        assertThat(other.err())
                .matches("rationale: The data directory data is in use by another process \\(\\d+\\)\\..*\\R");
        assertThat(other.out()).isEmpty();
    }

    private void killAfter(int notes, R1Simulator r1) {
        try (RationaleProcess process = classify(r1)) {
            awaitAnswered(notes, r1);
            assertThat(process.isAlive()).isTrue();
            process.kill();
        }
    }

    private void awaitLocked() {
        Path lock = folder.resolve("data/lock");
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> Files.exists(lock) && Files.size(lock) > 0);
    }

    private static void awaitAnswered(int notes, R1Simulator r1) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> r1.stats().notes() >= notes);
    }

    private void assertComplete() {
        Reported out = new Reported(folder.resolve("out"));
        assertThat(Files.exists(folder.resolve("out/audit.jsonl"))).isTrue();
        assertThat(out.auditedTexts()).containsExactlyInAnyOrderElementsOf(texts);
        assertThat(out.categories()).hasSize(NOTES);
        out.assertConsistent();
    }

    private RationaleProcess classify(R1Simulator r1) {
        return RationaleProcess.start(
                folder, "classify", "notes.csv", "--data", "data", "--r1", r1.baseUrl(), "--out", "out");
    }
}
