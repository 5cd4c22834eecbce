package io.rationale.simulator;

import static io.rationale.simulator.TestClient.chat;
import static io.rationale.simulator.TestClient.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rationale.simulator.fault.Fault;
import io.rationale.simulator.profile.ServerProfile;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Three nodes, and what can be done to them while they run. */
@Timeout(30)
class ClusterTest {
    private static final SimulatorOptions OPTIONS =
            SimulatorOptions.DEFAULT.withNodes(3).withSpeedUp(1e6);

    private R1Simulator simulator = R1Simulator.start(OPTIONS);
    private List<TestClient> clients = clients();

    @AfterEach
    void stop() {
        clients.forEach(TestClient::close);
        simulator.close();
    }

    @Test
    void shouldRunIndependentServers() throws Exception {
        // when
        clients.get(0).json(chat(Prompts.about("Wrong dose.", "Dead link.")));
        clients.get(2).json(chat(Prompts.about("Wrong dose.")));

        // then
        SimulatorStats stats = simulator.stats();
        assertThat(simulator.baseUrls())
                .hasSize(3)
                .doesNotHaveDuplicates()
                .first()
                .isEqualTo(simulator.baseUrl());
        assertThat(stats.notes()).isEqualTo(3);
        assertThat(stats.nodes()).extracting(SimulatorStats::notes).containsExactly(2L, 0L, 1L);
        JsonNode told = Prompts.JSON.readTree(clients.get(1).get("/admin/stats").body());
        assertThat(told.path("notes").intValue()).isEqualTo(3);
        assertThat(told.at("/nodes/0/notes").intValue()).isEqualTo(2);
        assertThat(told.at("/nodes/0/busyShare").isNumber()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"vllm", "llama-server"})
    void shouldStopANodeWithAllItDoesAndStartItOnTheSamePort(String profile) throws Exception {
        // given
        stop();
        simulator = R1Simulator.start(
                OPTIONS.withProfile(ServerProfile.named(profile)).withSpeedUp(1).withModel("r1"));
        clients = clients();
        List<String> urls = simulator.baseUrls();
        InputStream running = clients.get(1)
                .sendAsync(stream(chat(Prompts.lengthy())).toString())
                .get()
                .body();
        clients.get(1).sendAsync(chat(Prompts.lengthy()).toString());
        TestClient.await(() -> simulator.stats().busy() == 2);

        // when
        simulator.stopNode(1);

        // then
        assertThatThrownBy(running::readAllBytes).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> clients.get(1).get("models")).isInstanceOf(IOException.class);
        assertThat(clients.get(0).get("models").statusCode()).isEqualTo(200);
        TestClient.await(() -> simulator.stats().busy() == 0);

        // when
        simulator.startNode(1);

        // then
        assertThat(clients.get(1).get("models").statusCode()).isEqualTo(200);
        assertThat(simulator.baseUrls()).isEqualTo(urls);
    }

    @Test
    void shouldStopStartAndSlowNodesOverHttp() throws Exception {
        // when
        clients.get(0).post("/admin/nodes/2", "{\"slowdown\":10,\"up\":false}");

        // then
        TestClient.await(() -> !answers(2));

        // when
        clients.get(0).post("/admin/nodes/2", "{\"up\":true}");

        // then
        TestClient.await(() -> answers(2));
    }

    @Test
    void shouldSlowANode() throws Exception {
        // given
        stop();
        simulator = R1Simulator.start(OPTIONS.withSpeedUp(2_000).withTokenMs(20, 20));
        clients = clients();
        simulator.slowNode(1, 20);
        String prompt = Prompts.about("Wrong dose.");

        // when
        clients.get(0).json(chat(prompt));
        clients.get(1).json(chat(prompt));

        // then
        SimulatorStats stats = simulator.stats();
        double atLeast = 20 * 0.020 / 2_000 * stats.nodes().get(1).answerTokens();
        assertThat(stats.nodes().get(1).busySlotSeconds()).isGreaterThan(atLeast);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> simulator.slowNode(0, 0))
                .withMessage("The slowdown must be a positive number, but is 0.0.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> simulator.stopNode(3))
                .withMessage("There is no node 3; the nodes are 0 to 2.");
    }

    @Test
    void shouldChangeTheFaultsWhileRunning() throws Exception {
        // when
        HttpResponse<String> set = clients.get(1).post("/admin/faults", "{\"http-500\":1}");
        int status = clients.get(0).post(chat("hi").toString()).statusCode();
        HttpResponse<String> got = clients.get(2).get("/admin/faults");
        simulator.faults(Map.of());

        // then
        assertThat(set.statusCode()).isEqualTo(200);
        assertThat(got.body()).isEqualTo("{\"http-500\":1.0}").isEqualTo(set.body());
        assertThat(status).isEqualTo(500);
        assertThat(simulator.faults()).isEmpty();
        assertThat(clients.get(0).post(chat("hi").toString()).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /admin/faults  | {"resett":1}          | 400 | There is no fault
                    /admin/faults  | {"reset":2}           | 400 | The rate of reset must be between 0 and 1, but is 2.0.
                    /admin/faults  | {"reset":"often"}     | 400 | The value of reset must be a number
                    /admin/faults  | [1]                   | 400 | The body must be a JSON object.
                    /admin/faults  | {                     | 400 | The body is not JSON.
                    /admin/nodes/3 | {"up":true}           | 400 | There is no node 3; the nodes are 0 to 2.
                    /admin/nodes/x | {"up":true}           | 400 | There is no node
                    /admin/nodes/0 | {"up":"yes"}          | 400 | The value of up must be true or false
                    /admin/nodes/0 | {"slowdown":0}        | 400 | The slowdown must be a positive number
                    /admin/other   | {}                    | 404 | There is no route POST /admin/other.
                    """)
    void shouldSayWhatIsWrong(String path, String body, int status, String sentence) throws Exception {
        // when
        HttpResponse<String> response = clients.get(0).post(path, body);

        // then
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(Prompts.JSON.readTree(response.body()).path("error").textValue())
                .startsWith(sentence);
    }

    @Test
    void shouldGiveTheSameFaultsAndThoughtsForTheSameSeedInAnyOrder() throws Exception {
        // given
        SimulatorOptions options = OPTIONS.withThoughtMedian(200)
                .withFaults(Map.of(Fault.HTTP_503, 0.3, Fault.FENCES, 0.3, Fault.STOPPED_IN_THOUGHT, 0.3));

        // when
        List<String> inOrder = bodies(options, List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9));
        List<String> reversed =
                bodies(options, List.of(9, 8, 7, 6, 5, 4, 3, 2, 1, 0)).reversed();
        List<String> otherSeed = bodies(options.withSeed(43), List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9));

        // then
        assertThat(inOrder).isEqualTo(reversed).isNotEqualTo(otherSeed);
        assertThat(inOrder).anyMatch(body -> body.contains("\"error\"")).anyMatch(body -> body.contains("choices"));
    }

    @Test
    void shouldGiveARequestThatIsSentAgainAnotherFateUntilReset() throws Exception {
        // given
        simulator.faults(Map.of(Fault.HTTP_503, 0.5));

        // when
        List<Integer> first = statuses();
        simulator.reset();
        List<Integer> second = statuses();

        // then
        assertThat(first).contains(200, 503).isEqualTo(second);
    }

    @ParameterizedTest
    @EnumSource(names = {"VLLM", "LLAMA_SERVER", "DEEPSEEK_API"})
    void shouldFreeEverySlotWhateverGoesWrong(ServerProfile profile) throws Exception {
        // given
        stop();
        Map<Fault, Double> faults =
                Arrays.stream(Fault.values()).collect(Collectors.toMap(fault -> fault, fault -> 0.03));
        simulator = R1Simulator.start(OPTIONS.withProfile(profile)
                .withSlots(4)
                .withQueue(6)
                .withContext(4_000)
                .withFaults(faults));
        clients = clients();

        // when
        try (ExecutorService threads = Executors.newFixedThreadPool(12)) {
            IntStream.range(0, 240).forEach(i -> threads.execute(() -> sendAndGiveUp(i)));
        }

        // then
        TestClient.await(
                () -> simulator.stats().busy() == 0 && simulator.stats().waiting() == 0);
        assertThat(simulator.stats().notes()).isPositive();
        assertThat(simulator.stats().faults()).hasSizeGreaterThan(15);
    }

    private void sendAndGiveUp(int i) {
        ObjectNode body = chat(Prompts.about("Wrong dose " + i, "Dead link 😂."));
        var response =
                clients.get(i % 3).sendAsync((i % 2 == 0 ? stream(body) : body).toString(), BodyHandlers.ofString());
        try {
            response.get(i % 5 == 0 ? 1 : 200, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            response.cancel(true);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldAskForTheKey() throws Exception {
        // given
        stop();
        SimulatorOptions options = OPTIONS.withApiKey("secret-key");
        simulator = R1Simulator.start(options);
        clients = clients();

        // when
        int models = clients.get(0).get("models").statusCode();
        int health = clients.get(0).get("/health").statusCode();
        int withKey =
                clients.get(0).withKey("secret-key").post(chat("hi").toString()).statusCode();
        int withOther =
                clients.get(0).withKey("other").post(chat("hi").toString()).statusCode();

        // then
        assertThat(List.of(models, health, withKey, withOther)).containsExactly(401, 200, 200, 401);
        assertThat(options.toString()).doesNotContain("secret-key");
    }

    private List<Integer> statuses() throws Exception {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            statuses.add(clients.get(i % 3).post(chat("hi").toString()).statusCode());
        }
        return statuses;
    }

    private static List<String> bodies(SimulatorOptions options, List<Integer> order) throws Exception {
        try (R1Simulator simulator = R1Simulator.start(options);
                TestClient client = new TestClient(simulator)) {
            List<String> bodies = new ArrayList<>();
            for (int i : order) {
                bodies.add(client.raw(chat(Prompts.about("Wrong dose " + i, "Dead link.")))
                        .replaceAll("\"cached_tokens\":\\d+", ""));
            }
            return bodies;
        }
    }

    private boolean answers(int node) {
        try {
            return clients.get(node).get("/health").statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<TestClient> clients() {
        return IntStream.range(0, 3)
                .mapToObj(i -> new TestClient(simulator.baseUrls().get(i)))
                .toList();
    }
}
