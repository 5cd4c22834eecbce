package io.rationale.benchmark.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.benchmark.check.AuditCheck.Findings;
import io.rationale.benchmark.scenario.ChaosRun.Plan;
import io.rationale.benchmark.stack.Processes;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A short storm; {@code ./rationale benchmark chaos} has the long ones. */
class ChaosIT {
    private static final Duration STORM = Duration.ofSeconds(20);
    private static final Duration SETTLE = Duration.ofMinutes(5);

    /** Said with everything that happens, so that the troubles of a failed run can come again. */
    private final long seed = System.nanoTime() & 0xFFFFFF;

    @Test
    void shouldDecideEveryNoteOnceWithOneClassifierAndOneNoteACall() {
        assertGood(new Plan(1, 1, STORM, SETTLE, 10, seed));
    }

    @Test
    void shouldDecideEveryNoteOnceWithThreeClassifiersAndFullBatches() {
        assertGood(new Plan(3, 16, STORM, SETTLE, 30, seed));
    }

    private static void assertGood(Plan plan) {
        try (Processes processes = Processes.create(false)) {
            // when
            Findings findings = new ChaosRun(plan).run(processes).findings();

            // then
            assertThat(findings.lost()).as("lost, seed %d", plan.seed()).isEmpty();
            assertThat(findings.repeated()).as("repeated, seed %d", plan.seed()).isEmpty();
            assertThat(findings.wrong()).as("wrong, seed %d", plan.seed()).isEmpty();
            assertThat(findings.sent()).isPositive();
        }
    }
}
