package io.rationale.classifier.r1.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the limits promise, over hours; the committed page is what is computed here. */
class ClusterSimulationTest {
    private static final Path PAGE = Path.of("../../docs/simulation/r1-cluster.md");
    private static final long SEED = 20_261_122;
    private static final Map<Scenario, Map<Policy, Result>> RESULTS = new LinkedHashMap<>();

    @BeforeAll
    static void simulate() {
        for (Scenario scenario : Scenarios.ALL) {
            Map<Policy, Result> results = new EnumMap<>(Policy.class);
            for (Policy policy : Policy.values()) {
                if (scenario != Scenarios.MEMBERS || policy != Policy.LATENCY) {
                    results.put(policy, new World(scenario, policy, SEED).run());
                }
            }
            RESULTS.put(scenario, results);
        }
    }

    @Test
    void shouldKeepUnknownSlotsBusyAndQueuesShort() {
        // when
        Result result = found(Scenarios.TWO_NODES);

        // then
        assertThat(result.busy()).isGreaterThan(0.98);
        assertThat(result.largestQueue()).isLessThan(0.15);
        assertThat(result.secondsToFull().orElseThrow()).isLessThan(30);
    }

    @Test
    void shouldDoSoUnderOverloadAndWhateverHappensToANode() {
        for (Scenario scenario : new Scenario[] {
            Scenarios.DEAD, Scenarios.FLAPPING, Scenarios.HUNG, Scenarios.OVERLOAD, Scenarios.BURSTS, Scenarios.MEMBERS
        }) {
            // when
            Result result = found(scenario);

            // then
            assertThat(result.busy()).as(scenario.title()).isGreaterThan(0.98);
            assertThat(result.largestQueue()).as(scenario.title()).isLessThan(0.15);
        }
    }

    @Test
    void shouldGiveATenTimesSlowerNodeAtMostAFifthOfTheWork() {
        // when
        Result result = found(Scenarios.SLOW);

        // then
        assertThat(result.share("node-b")).isLessThan(0.2);
        assertThat(result.busy()).isGreaterThan(0.98);
    }

    @Test
    void shouldNeitherLoseNorAnswerTwice() {
        RESULTS.forEach((scenario, results) -> results.forEach((policy, result) -> {
            // then
            assertThat(result.lost()).as(scenario.title() + ", " + policy).isZero();
            assertThat(result.answeredTwice())
                    .as(scenario.title() + ", " + policy)
                    .isZero();
        }));
    }

    @Test
    void shouldFollowSlotsThatComeAndGo() {
        // when
        Result result = found(Scenarios.CHANGING);

        // then
        assertThat(result.busy()).isGreaterThan(0.98);
        assertThat(result.limits().get("node-a").get(30)).isBetween(8, 10);
        assertThat(result.lastLimit("node-a")).isBetween(64, 73);
    }

    @Test
    void shouldKeepOneWaitingAtASmallServer() {
        // when
        Result result = found(Scenarios.SMALL);

        // then
        assertThat(result.busy()).isGreaterThan(0.98);
        assertThat(result.largestQueue()).isLessThanOrEqualTo(1);
    }

    @Test
    void shouldShareServersWithOtherClients() {
        // when
        Result result = found(Scenarios.SHARED);

        // then
        assertThat(result.busy()).isGreaterThan(0.98);
        assertThat(result.meanQueue()).isLessThan(0.2);
    }

    @Test
    void shouldReadMetricsWhereNothingIsStreamed() {
        // when
        Result withMetrics = found(Scenarios.METRICS);
        Result without = found(Scenarios.BLIND);

        // then
        assertThat(withMetrics.busy()).isGreaterThan(0.98);
        assertThat(withMetrics.largestQueue()).isLessThan(0.15);
        assertThat(without.lastLimit("node-a")).isEqualTo(16);
    }

    @Test
    void shouldKeepServersThatRejectNearlyBusy() {
        // when
        Result result = found(Scenarios.REJECTING);

        // then
        assertThat(result.busy()).isGreaterThan(0.95);
    }

    @Test
    void shouldBeWhatThePageSays() throws IOException {
        // when
        String page = Report.of(RESULTS);

        // then
        if (Boolean.getBoolean("rationale.simulation.write")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, page);
        }
        assertThat(page)
                .as("docs/simulation/r1-cluster.md; ./rationale simulation writes it")
                .isEqualTo(Files.readString(PAGE));
    }

    private static Result found(Scenario scenario) {
        return RESULTS.get(scenario).get(Policy.FOUND);
    }
}
