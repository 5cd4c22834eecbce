package io.rationale.classifier.r1.conformance;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rationale.classifier.AppResource;
import io.rationale.simulator.fault.Fault;
import io.rationale.simulator.profile.ServerProfile;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two or three things that go wrong at once, at random. */
@QuarkusTest
@Tag("application")
@QuarkusTestResource(AppResource.class)
class FaultCombinationsTest {
    private static final int COMBINATIONS = 64;

    /** Some faults exclude others; the simulator gives what can come together. */
    private record Combination(ServerProfile profile, boolean streamed, Set<Fault> faults) {
        static Combination any(Random random) {
            return new Combination(
                    any(random, ServerProfile.values()),
                    random.nextBoolean(),
                    Stream.generate(() -> any(random, Fault.values()))
                            .distinct()
                            .limit(2L + random.nextInt(2))
                            .collect(toSet()));
        }

        private static <T> T any(Random random, T[] values) {
            return values[random.nextInt(values.length)];
        }
    }

    @Test
    @Timeout(60)
    void shouldDecideEachNoteRightlyOnceAllIsOver() throws Exception {
        // given
        long seed = Long.getLong("rationale.seed", System.nanoTime());
        System.out.println("FaultCombinationsTest -Drationale.seed=" + seed);
        Random random = new Random(seed);
        Collection<List<Combination>> byServer = Stream.generate(() -> Combination.any(random))
                .limit(COMBINATIONS)
                .collect(groupingBy(Combination::profile))
                .values();

        // when
        try (ExecutorService servers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Void>> checks = servers.invokeAll(
                    byServer.stream().map(FaultCombinationsTest::check).toList());

            // then
            for (Future<Void> check : checks) {
                check.get();
            }
        }
    }

    private static Callable<Void> check(List<Combination> combinations) {
        return () -> {
            try (Rig rig = new Rig(combinations.getFirst().profile())) {
                for (Combination each : combinations) {
                    assertThat(Notes.categories(rig.decisions(each.streamed(), each.faults())))
                            .as(each.toString())
                            .isEqualTo(Notes.CATEGORIES);
                }
            }
            return null;
        };
    }
}
