package io.rationale.classifier.r1.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rationale.classifier.AppResource;
import io.rationale.classifier.TestConfig;
import io.rationale.classifier.r1.cluster.EndpointStatus.Phase;
import io.rationale.classifier.r1.http.HttpEndpoints;
import io.rationale.core.r1.ModelOutcome;
import io.rationale.simulator.R1Simulator;
import io.rationale.simulator.SimulatorOptions;
import io.rationale.simulator.fault.Fault;
import io.rationale.simulator.profile.ServerProfile;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The client's whole stack against servers that are full, slow, gone or hung. */
@QuarkusTest
@Tag("application")
@QuarkusTestResource(AppResource.class)
@Timeout(60)
class ClusterConformanceTest {
    /** An answer takes about a tenth of a second. */
    private static final SimulatorOptions SERVER =
            SimulatorOptions.DEFAULT.withSpeedUp(100).withTokenMs(20, 20);

    @ParameterizedTest
    @EnumSource(ServerProfile.class)
    void shouldWaitForTheOperatorWhereTheKeyIsWrong(ServerProfile profile) throws Exception {
        // given
        try (R1Simulator simulator =
                R1Simulator.start(SERVER.withProfile(profile).withApiKey("right"))) {
            // when
            Optional<ModelOutcome> without = probe(simulator, Map.of());
            Optional<ModelOutcome> wrong = probe(simulator, Map.of("rationale.r1.api-key", "wrong"));
            Optional<ModelOutcome> right = probe(simulator, Map.of("rationale.r1.api-key", "right"));

            // then
            assertThat(Stream.of(without, wrong).map(Optional::orElseThrow)).allSatisfy(outcome -> {
                assertThat(outcome)
                        .isInstanceOfSatisfying(ModelOutcome.Refused.class, refused -> assertThat(refused.status())
                                .isEqualTo(401));
                assertThat(outcome.unavailable()).isTrue();
                assertThat(outcome.retriable()).isFalse();
            });
            assertThat(right).isEmpty();
        }
    }

    @Test
    void shouldKeepTheQueueOnItsOwnSide() throws Exception {
        // given: so slow that what else the machine does is no part of the times by which slots are found
        SimulatorOptions slower =
                SERVER.withProfile(ServerProfile.LLAMA_SERVER).withSlots(2).withSpeedUp(25);
        try (R1Simulator simulator = R1Simulator.start(slower);
                TestCluster cluster = new TestCluster(simulator.baseUrls(), Map.of())) {
            simulator.reset();

            // when
            cluster.classify(Notes.many(40));

            // then
            awaitEachOnce(cluster, 40);
            assertThat(simulator.stats().requests()).isEqualTo(40);
            // Two slots, and 38 that would wait there if nobody waited here.
            assertThat(simulator.stats().maxQueue()).isLessThanOrEqualTo(6);
        }
    }

    @Test
    void shouldLoseNoNoteAndDecideNoneTwiceWhenANodeDiesAndComesBack() throws Exception {
        // given
        try (R1Simulator simulator = R1Simulator.start(SERVER.withNodes(3).withSlots(4));
                TestCluster cluster = new TestCluster(simulator.baseUrls(), Map.of())) {
            cluster.classify(Notes.many(200));
            awaitDecisions(cluster, 40);

            // when
            simulator.stopNode(1);
            await().until(() -> cluster.phases().equals(List.of(Phase.UP, Phase.DOWN, Phase.UP)));
            Rig.open(simulator, 1);

            // then
            awaitEachOnce(cluster, 200);
            await().until(() -> cluster.phases().equals(List.of(Phase.UP, Phase.UP, Phase.UP)));
        }
    }

    @Test
    void shouldGiveASlowNodeLess() throws Exception {
        // given
        try (R1Simulator simulator = R1Simulator.start(SERVER.withNodes(3).withSlots(4));
                TestCluster cluster = new TestCluster(simulator.baseUrls(), Map.of())) {
            simulator.reset();
            simulator.slowNode(1, 10);

            // when
            cluster.classify(Notes.many(240));

            // then
            awaitEachOnce(cluster, 240);
            assertThat(simulator.stats().nodes().get(1).requests()).isLessThanOrEqualTo(240 / 5);
        }
    }

    @Test
    void shouldTakeAHungServerOutAndAskAnotherInstead() throws Exception {
        // given
        Map<String, String> impatient =
                Map.of("rationale.r1.first-payload-timeout", "1s", "rationale.r1.idle-timeout", "1s");
        try (R1Simulator hung = R1Simulator.start(SERVER);
                R1Simulator sound = R1Simulator.start(SERVER);
                TestCluster cluster = new TestCluster(List.of(hung.baseUrl(), sound.baseUrl()), impatient)) {
            await().until(() -> cluster.phases().equals(List.of(Phase.UP, Phase.UP)));
            sound.reset();
            hung.faults(Map.of(Fault.HANG, 1.0));

            // when
            cluster.classify(Notes.many(40));

            // then
            awaitEachOnce(cluster, 40);
            assertThat(cluster.phases()).containsExactly(Phase.DOWN, Phase.UP);
            assertThat(sound.stats().notes()).isEqualTo(40);
        }
    }

    private static void awaitDecisions(TestCluster cluster, int count) {
        await().atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> cluster.decisions().size() >= count);
    }

    private static void awaitEachOnce(TestCluster cluster, int notes) {
        awaitDecisions(cluster, notes);
        Map<Long, String> expected = new HashMap<>();
        for (long offset = 0; offset < notes; offset++) {
            expected.put(offset, "numerical-error");
        }
        assertThat(Notes.categories(cluster.decisions())).isEqualTo(expected);
    }

    private static Optional<ModelOutcome> probe(R1Simulator simulator, Map<String, String> config)
            throws InterruptedException {
        try (HttpEndpoints http =
                new HttpEndpoints(TestConfig.of("rationale.", "one", config).r1(), name -> null)) {
            return http.endpoint(simulator.baseUrl(), 1).probe();
        }
    }
}
