package io.rationale.classifier.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The loop's promises, checked after every step. To repeat a failure, run with {@code -Drationale.seed=} and the seed that
 * was printed.
 */
class LoopSimulationTest {
    private static final Path PAGE = Path.of("../../docs/simulation/classifier-loop.md");
    private static final long PAGE_SEED = 20_261_122;

    private final long seed =
            Long.getLong("rationale.seed", ThreadLocalRandom.current().nextLong());

    @ParameterizedTest
    @EnumSource
    void shouldDecideEachOnceWhateverHappens(Plans plan) {
        // given
        System.out.println("LoopSimulationTest " + plan + " seed " + seed);

        // when
        Tally tally = new World(plan.of(24_000), seed).run();

        // then
        assertThat(tally.decided).isEqualTo(24_000);
    }

    @Test
    @EnabledIfSystemProperty(named = "rationale.simulation.write", matches = "true")
    void shouldDoSoOverMillions() throws IOException {
        // when
        Map<Plan, Tally> tallies = new LinkedHashMap<>();
        for (Plans plan : Plans.values()) {
            Plan large = plan.of(600_000);
            tallies.put(large, new World(large, PAGE_SEED).run());
        }

        // then
        Files.writeString(PAGE, LoopReport.of(tallies));
        assertThat(tallies.values())
                .allSatisfy(tally -> assertThat(tally.beyondStuck).isGreaterThan(10_000));
    }
}
