package io.rationale.classifier.r1.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.rationale.classifier.Fixtures;
import io.rationale.classifier.TestConfig;
import io.rationale.classifier.r1.http.HttpEndpoints;
import io.rationale.classifier.r1.http.HttpReasoningModel;
import io.rationale.classifier.work.NoteTask;
import io.rationale.core.note.Note;
import io.rationale.core.prompt.PromptBuilder;
import io.rationale.core.r1.ModelOutcome;
import io.rationale.core.r1.ModelRequest;
import io.rationale.core.taxonomy.Taxonomies;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/**
 * What a call costs the client: processor time and allocated bytes of this whole process, while the server runs in
 * another. Not among the tests: {@code ./rationale benchmark client} runs it; docs/benchmarks.md explains the numbers.
 */
@QuarkusTest
@TestProfile(ClientBenchmark.WithoutLoop.class)
class ClientBenchmark {
    private static final int WARM_UP_ROUNDS = 4;
    private static final int ROUNDS = 9;
    private static final int CALLS = 60;

    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** The REST client needs Quarkus; Kafka would only disturb. */
    public static final class WithoutLoop implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("rationale.classifier.enabled", "false", "quarkus.http.test-port", "0");
        }

        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }
    }

    /** One way to call. */
    private record Variant(boolean streamed, boolean loopGuard) {
        static final List<Variant> ALL = List.of(
                new Variant(true, true), new Variant(true, false), new Variant(false, true), new Variant(false, false));

        String row() {
            return (streamed ? "streamed" : "whole") + " | " + (loopGuard ? "on" : "off");
        }
    }

    /** What a round of calls took. */
    private record Round(double cpuNanos, double wallNanos, double bytes) {
        static Round now() {
            return new Round(PROCESS.getProcessCpuTime(), System.nanoTime(), THREADS.getTotalThreadAllocatedBytes());
        }

        Round since(Round start) {
            return new Round(cpuNanos - start.cpuNanos, wallNanos - start.wallNanos, bytes - start.bytes);
        }
    }

    @Test
    void measure() throws Exception {
        Map<Variant, List<Round>> rounds = new LinkedHashMap<>();
        try (CannedServer server = CannedServer.start()) {
            for (int round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
                // In turn, so that what else the machine does meets all alike.
                for (Variant variant : Variant.ALL) {
                    Round measured = round(server, variant);
                    if (round >= WARM_UP_ROUNDS) {
                        rounds.computeIfAbsent(variant, each -> new ArrayList<>())
                                .add(measured);
                    }
                }
            }
        }
        System.out.println("| answer | loop guard | CPU a call | allocated a token | calls a second |");
        System.out.println("| --- | --- | ---: | ---: | ---: |");
        rounds.forEach((variant, measured) -> System.out.printf(
                Locale.ROOT,
                "| %s | %.2f ms | %.0f bytes | %.0f |%n",
                variant.row(),
                median(measured, round -> round.cpuNanos() / CALLS / 1e6),
                median(measured, round -> round.bytes() / CALLS / CannedServer.TOKENS),
                median(measured, round -> CALLS / (round.wallNanos() / 1e9))));
    }

    private static Round round(CannedServer server, Variant variant) throws InterruptedException {
        Map<String, String> config = Map.of(
                "rationale.r1.stream", String.valueOf(variant.streamed()),
                "rationale.r1.loop-guard", String.valueOf(variant.loopGuard()));
        try (HttpEndpoints http =
                new HttpEndpoints(TestConfig.of("rationale.", "one", config).r1(), name -> null)) {
            HttpReasoningModel model = http.endpoint(server.baseUrl(), 1);
            assertThat(model.probe()).isEmpty();
            ModelRequest request = request();
            Round start = Round.now();
            for (int call = 0; call < CALLS; call++) {
                assertThat(model.call(request, () -> {}).outcome()).isInstanceOf(ModelOutcome.Complete.class);
            }
            return Round.now().since(start);
        }
    }

    private static ModelRequest request() {
        List<Note> notes =
                Fixtures.tasks("The link is dead.", "The sum is wrong.", "It is outdated.", "Thanks!").stream()
                        .map(NoteTask::note)
                        .toList();
        return new ModelRequest("id", new PromptBuilder(Taxonomies.ragFailures()).build(notes), notes.size());
    }

    private static double median(List<Round> rounds, ToDoubleFunction<Round> value) {
        return rounds.stream().mapToDouble(value).sorted().toArray()[rounds.size() / 2];
    }
}
