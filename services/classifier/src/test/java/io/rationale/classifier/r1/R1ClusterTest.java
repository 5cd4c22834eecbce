package io.rationale.classifier.r1;

import static io.rationale.classifier.FakeR1Server.Response.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rationale.classifier.AppResource;
import io.rationale.classifier.FakeR1Server;
import io.rationale.classifier.TestConfig;
import io.rationale.classifier.r1.cluster.EndpointStatus;
import io.rationale.classifier.trace.NoteTraces;
import io.rationale.core.r1.ModelOutcome;
import io.rationale.core.r1.ModelReply;
import io.rationale.core.r1.ModelRequest;
import io.rationale.core.r1.Prompt;
import io.rationale.simulator.R1Simulator;
import io.rationale.simulator.SimulatorOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole stack over real HTTP. */
@QuarkusTest
@Tag("application")
@QuarkusTestResource(AppResource.class)
@Timeout(60)
class R1ClusterTest {
    private static final ModelRequest REQUEST = new ModelRequest("id", new Prompt("Answer {\"ok\":true}.", ""), 1);

    private static final int SMALL_CONTEXT = 20_000;

    @TempDir
    Path directory;

    private final R1Availability availability = new R1Availability(Clock.systemUTC());
    private R1Cluster cluster;
    private Thread watch;

    @AfterEach
    void stop() throws InterruptedException {
        if (watch != null) {
            watch.interrupt();
            watch.join();
            cluster.close();
        }
    }

    @Test
    void shouldWaitForAServerThatIsAwayAndSayWhy() throws Exception {
        // given
        R1Simulator simulator = simulator();
        simulator.stopNode(0);
        start(Map.of("rationale.r1.endpoints", simulator.baseUrl()));

        // when
        List<String> faults = cluster.awaitProbes(Duration.ofSeconds(20));
        CompletableFuture<ModelReply> reply = call();

        // then
        assertThat(faults)
                .singleElement()
                .asString()
                .contains(simulator.baseUrl())
                .containsIgnoringCase("refused");
        assertThat(availability.reason()).isPresent();
        assertThat(cluster.calls()).isZero();
        assertThat(reply).isNotDone();

        // and when it comes
        simulator.startNode(0);
        assertThat(reply.get().outcome()).isInstanceOf(ModelOutcome.Complete.class);
        assertThat(availability.reason()).isEmpty();
        assertThat(cluster.found(simulator.baseUrl())).startsWith("vllm");
        simulator.close();
    }

    @Test
    void shouldFollowAListInAFile() throws Exception {
        // given
        try (R1Simulator one = R1Simulator.start(
                        SimulatorOptions.DEFAULT.withSpeedUp(1e6).withContext(SMALL_CONTEXT));
                R1Simulator two = simulator()) {
            Path list = directory.resolve("endpoints");
            Files.writeString(list, "# the first\n" + one.baseUrl() + "\n");
            start(Map.of("rationale.r1.endpoints-file", list.toString()));
            assertThat(cluster.awaitProbes(Duration.ofSeconds(20))).isEmpty();
            assertThat(cluster.contextTokens()).isEqualTo(SMALL_CONTEXT);

            // when
            Files.writeString(list, two.baseUrl() + "\n");

            // then
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(cluster.status())
                    .extracting(EndpointStatus::name, EndpointStatus::phase)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple(two.baseUrl(), EndpointStatus.Phase.UP)));
            assertThat(call().get().endpoint()).isEqualTo(two.baseUrl());
            assertThat(cluster.contextTokens()).isGreaterThan(SMALL_CONTEXT);
        }
    }

    @Test
    void shouldLeaveAnEndpointThatFailsAndGoOnWithTheOther() throws Exception {
        // given: one answers its probe and then nothing but errors
        FakeR1Server.Response ok = FakeR1Server.completion(new ModelOutcome.Complete("ok?", "{\"ok\":true}"));
        try (R1Simulator good = simulator();
                FakeR1Server bad = FakeR1Server.start(0, request -> {
                    if (request.path().equals("/v1/models")) {
                        return of(200, "{\"data\":[{\"id\":\"r1\"}]}");
                    }
                    return request.body().contains("nothing else") ? ok : of(500, "{\"error\":\"broken\"}");
                })) {
            start(Map.of("rationale.r1.endpoints", bad.baseUrl() + "," + good.baseUrl()));
            await().until(() -> cluster.status().stream().allMatch(each -> each.phase() == EndpointStatus.Phase.UP));

            // when
            List<CompletableFuture<ModelReply>> replies = java.util.stream.IntStream.range(0, 40)
                    .mapToObj(i -> call())
                    .toList();

            // then
            for (CompletableFuture<ModelReply> reply : replies) {
                assertThat(reply.get().outcome()).isInstanceOf(ModelOutcome.Complete.class);
                assertThat(reply.get().endpoint()).isEqualTo(good.baseUrl());
            }
            assertThat(availability.reason()).isEmpty();
        }
    }

    private static R1Simulator simulator() {
        return R1Simulator.start(SimulatorOptions.DEFAULT.withSpeedUp(1e6));
    }

    private void start(Map<String, String> overrides) {
        cluster = new R1Cluster(
                TestConfig.of("rationale.", "one", overrides).r1(),
                name -> null,
                availability,
                new SimpleMeterRegistry(),
                NoteTraces.NONE);
        watch = Thread.ofVirtual().start(() -> {
            try {
                cluster.watch();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private CompletableFuture<ModelReply> call() {
        CompletableFuture<ModelReply> reply = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                reply.complete(cluster.model().call(REQUEST));
            } catch (InterruptedException | RuntimeException e) {
                reply.completeExceptionally(e);
            }
        });
        return reply;
    }
}
