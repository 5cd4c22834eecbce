package io.rationale.classifier.r1.http;

import static io.rationale.classifier.FakeR1Server.Response.of;
import static io.rationale.classifier.FakeR1Server.Response.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rationale.classifier.AppResource;
import io.rationale.classifier.FakeR1Server;
import io.rationale.classifier.TestConfig;
import io.rationale.core.json.Json;
import io.rationale.core.r1.ModelOutcome;
import io.rationale.core.r1.ModelOutcome.Timer;
import io.rationale.core.r1.ModelReply;
import io.rationale.core.r1.ModelRequest;
import io.rationale.core.r1.Prompt;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The REST client against real HTTP. */
@QuarkusTest
@Tag("application")
@QuarkusTestResource(AppResource.class)
@Timeout(30)
class HttpReasoningModelTest {
    private static final String KEY = "sk-very-secret";
    private static final String MODELS =
            "{\"data\":[{\"id\":\"deepseek-r1\",\"owned_by\":\"vllm\",\"max_model_len\":20000},{\"id\":\"other\"}]}";
    private static final ModelRequest REQUEST = new ModelRequest("id", new Prompt("Why?", " n1"), 1);
    private static final String THOUGHT = event("{\"choices\":[{\"index\":0,\"delta\":{\"reasoning\":\"I think\"}}]}");
    private static final String ANSWER = event("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\\n\\n42\"}}]}");
    private static final String END =
            event("{\"model\":\"r1\",\"choices\":[{\"index\":0,\"delta\":{}," + "\"finish_reason\":\"stop\"}]}")
                    + event("{\"choices\":[],\"usage\":{\"prompt_tokens\":100,\"completion_tokens\":50}}")
                    + event("[DONE]");

    /** How the current test's server answers once it was probed. */
    private volatile FakeR1Server.Response answer;

    private final AtomicBoolean clientGone = new AtomicBoolean();
    private final CountDownLatch never = new CountDownLatch(1);
    private FakeR1Server server;
    private HttpEndpoints endpoints;

    @AfterEach
    void stop() {
        never.countDown();
        if (server != null) {
            server.close();
            endpoints.close();
        }
    }

    @Test
    void shouldReadAStreamedAnswer() throws Exception {
        // given
        AtomicInteger firstWords = new AtomicInteger();
        HttpReasoningModel model = model(Map.of("rationale.r1.seed", "7", "rationale.r1.max-tokens", "512"));
        answer = stream(out -> send(out, ": hello\n\n", THOUGHT, ANSWER, END));

        // when
        ModelReply reply = model.call(REQUEST, firstWords::incrementAndGet);

        // then
        assertThat(reply.outcome()).isEqualTo(new ModelOutcome.Complete("I think", "\n\n42"));
        assertThat(reply.response().lenientUtf8()).isEqualTo(": hello\n\n" + THOUGHT + ANSWER + END);
        assertThat(List.of(reply.status(), reply.model(), reply.server(), reply.endpoint()))
                .containsExactly(200, "r1", "fake", server.baseUrl());
        assertThat(reply.usage().prompt()).isEqualTo(100);
        assertThat(reply.firstPayload()).isPositive().isLessThanOrEqualTo(reply.total());
        assertThat(firstWords).hasValue(1);
        FakeR1Server.Received chat = server.received().getLast();
        assertThat(chat.authorization()).isNull();
        assertThat(chat.body()).isEqualTo(reply.request().lenientUtf8());
        assertThat(Json.mapper().readTree(chat.body()))
                .isEqualTo(Json.mapper()
                        .readTree("{\"model\":\"deepseek-r1\",\"messages\":[{\"role\":\"user\","
                                + "\"content\":\"Why? n1\"}],\"temperature\":0.6,\"top_p\":0.95,\"max_tokens\":512,"
                                + "\"seed\":7,\"stream\":true,\"stream_options\":{\"include_usage\":true}}"));
    }

    @Test
    void shouldReadAWholeAnswer() throws Exception {
        // given
        HttpReasoningModel model = model(Map.of("rationale.r1.stream", "false"));
        answer = FakeR1Server.completion(new ModelOutcome.Complete("I think", "42"));

        // when
        ModelReply reply = model.call(REQUEST, () -> {});

        // then
        assertThat(reply.outcome()).isEqualTo(new ModelOutcome.Complete("I think", "\n\n42"));
        assertThat(reply.firstPayload()).isNull();
        assertThat(Json.mapper()
                        .readTree(server.received().getLast().body())
                        .path("stream")
                        .asBoolean(true))
                .isFalse();
    }

    @Test
    void shouldNotTakeAWholeBodyForTheFirstWordsOfAStream() throws Exception {
        // given: a server that was asked for a stream and does not stream
        HttpReasoningModel model = model(Map.of());
        answer = FakeR1Server.completion(new ModelOutcome.Complete("I think", "42"));

        // when
        ModelReply reply = model.call(REQUEST, () -> {});

        // then
        assertThat(reply.outcome()).isEqualTo(new ModelOutcome.Complete("I think", "\n\n42"));
        assertThat(reply.firstPayload()).isNull();
    }

    @Test
    void shouldAskForNoMoreThanTheContextHolds() throws Exception {
        // given
        HttpReasoningModel model = model(Map.of());
        answer = stream(out -> send(out, THOUGHT, ANSWER, END));

        // when: 40,000 characters are about 10,000 of the server's 20,000 tokens
        ModelReply reply = model.call(new ModelRequest("id", new Prompt("x".repeat(40_000), ""), 1), () -> {});

        // then
        assertThat(model.contextTokens()).hasValue(20_000);
        assertThat(reply.sampling().maxTokens()).isBetween(7_000, 10_000);
    }

    @Test
    void shouldGiveTheInstructionsAsASystemPromptWhereTheModelTakesOne() throws Exception {
        // given
        HttpReasoningModel model = model(Map.of("rationale.r1.system-prompt", "true"));
        answer = stream(out -> send(out, THOUGHT, ANSWER, END));

        // when
        model.call(REQUEST, () -> {});

        // then
        assertThat(Json.mapper()
                        .readTree(server.received().getLast().body())
                        .path("messages")
                        .toString())
                .isEqualTo("[{\"role\":\"system\",\"content\":\"Why?\"},{\"role\":\"user\",\"content\":\" n1\"}]");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldStopWhenNoWordsComeWhateverElseDoes(boolean headers) throws Exception {
        // given
        HttpReasoningModel model = model(Map.of("rationale.r1.first-payload-timeout", "300ms"));
        answer = headers ? stream(out -> sendForEver(out, "\n\n: still here\n\n")) : null;
        hanging = !headers;

        // when
        ModelReply reply = model.call(REQUEST, () -> {});

        // then
        assertThat(reply.outcome()).isEqualTo(new ModelOutcome.TimedOut(Timer.FIRST_PAYLOAD, "", ""));
        assertThat(reply.outcome().unavailable()).isTrue();
        requireClientGone(headers);
    }

    @Test
    void shouldStopWhenNoFurtherWordsComeAndKeepThoseThatCame() throws Exception {
        // given
        HttpReasoningModel model = model(Map.of("rationale.r1.idle-timeout", "300ms"));
        answer = stream(out -> {
            send(out, THOUGHT);
            sendForEver(out, ": still here\n\n");
        });

        // when
        ModelReply reply = model.call(REQUEST, () -> {});

        // then
        assertThat(reply.outcome()).isEqualTo(new ModelOutcome.TimedOut(Timer.IDLE, "I think", ""));
        assertThat(reply.response().lenientUtf8()).startsWith(THOUGHT + ": still here");
        requireClientGone(true);
    }

    @Test
    void shouldStopWhenTheTimeForTheRequestIsOver() throws Exception {
        // given
        HttpReasoningModel model = model(Map.of());
        answer = stream(out -> sendForEver(out, THOUGHT));
        ModelRequest request = new ModelRequest("id", REQUEST.prompt(), null, 1, Duration.ofMillis(300));

        // when
        ModelReply reply = model.call(request, () -> {});

        // then
        assertThat(reply.outcome())
                .isInstanceOfSatisfying(ModelOutcome.TimedOut.class, timedOut -> assertThat(timedOut.timer())
                        .isEqualTo(Timer.TOTAL));
        requireClientGone(true);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldStopWhenTheAnswerDoesNotEnd(boolean streamed) throws Exception {
        // given
        HttpReasoningModel model =
                model(Map.of("rationale.r1.total-timeout", "500ms", "rationale.r1.stream", String.valueOf(streamed)));
        answer = stream(out -> sendForEver(out, streamed ? THOUGHT : "\n"));

        // when
        ModelReply reply = model.call(REQUEST, () -> {});

        // then
        assertThat(reply.outcome())
                .isInstanceOfSatisfying(ModelOutcome.TimedOut.class, timedOut -> assertThat(timedOut.timer())
                        .isEqualTo(Timer.TOTAL));
        assertThat(reply.outcome().unavailable()).isFalse();
        requireClientGone(true);
    }

    @Test
    void shouldStopAModelThatRepeatsItself() throws Exception {
        // given
        HttpReasoningModel model = model(Map.of());
        answer = stream(out -> sendForEver(out, THOUGHT.replace("I think", "Wait, let me look at this again. ")));

        // when
        ModelReply reply = model.call(REQUEST, () -> {});

        // then
        assertThat(reply.outcome()).isInstanceOfSatisfying(ModelOutcome.Loop.class, loop -> assertThat(loop.reasoning())
                .startsWith("Wait, let me look")
                .hasSizeLessThan(20_000));
        requireClientGone(true);
    }

    @Test
    void shouldKeepWhatCameBeforeTheConnectionBroke() throws Exception {
        // given
        HttpReasoningModel model = model(Map.of());
        answer = stream(out -> {
            send(out, THOUGHT);
            throw new IOException("broken on purpose");
        });

        // when
        ModelReply reply = model.call(REQUEST, () -> {});

        // then
        assertThat(reply.outcome())
                .isInstanceOfSatisfying(ModelOutcome.Unreachable.class, broken -> assertThat(broken.reasoning())
                        .isEqualTo("I think"));
        assertThat(reply.response().lenientUtf8()).isEqualTo(THOUGHT);
        assertThat(reply.outcome().unavailable()).isTrue();
    }

    @Test
    void shouldTakeAnAnswerThatIsWholeThoughItsStreamIsNot() throws Exception {
        // given
        HttpReasoningModel model = model(Map.of());
        answer = stream(out -> {
            send(out, THOUGHT, ANSWER, END.replace("data: [DONE]\n\n", ""));
            throw new IOException("broken on purpose");
        });

        // when
        ModelReply reply = model.call(REQUEST, () -> {});

        // then
        assertThat(reply.outcome()).isEqualTo(new ModelOutcome.Complete("I think", "\n\n42"));
    }

    @Test
    void shouldNotWaitForAConnectionThatStaysOpenAfterTheEnd() throws Exception {
        // given
        HttpReasoningModel model = model(Map.of());
        answer = stream(out -> {
            send(out, THOUGHT, ANSWER, END);
            sendForEver(out, ": and so on\n\n");
        });

        // when
        ModelReply reply = model.call(REQUEST, () -> {});

        // then
        assertThat(reply.outcome()).isInstanceOf(ModelOutcome.Complete.class);
        requireClientGone(true);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldCloseTheConnectionOfACallThatIsInterrupted(boolean headers) throws Exception {
        // given
        HttpReasoningModel model = model(Map.of());
        CountDownLatch words = new CountDownLatch(1);
        answer = headers ? stream(out -> sendForEver(out, THOUGHT)) : null;
        hanging = !headers;
        AtomicReference<Object> end = new AtomicReference<>();
        int before = server.received().size();

        // when
        Thread calling = Thread.ofVirtual().start(() -> {
            try {
                end.set(model.call(REQUEST, words::countDown));
            } catch (InterruptedException e) {
                end.set(e);
            }
        });
        await().until(() -> server.received().size() > before && (!headers || words.getCount() == 0));
        calling.interrupt();
        calling.join();

        // then
        assertThat(end.get()).isInstanceOf(InterruptedException.class);
        requireClientGone(headers);
    }

    @Test
    void shouldRefuseABodyThatIsNoCompletionForItsSize() throws Exception {
        // given
        HttpReasoningModel model = model(Map.of("rationale.r1.loop-guard", "false"));
        String piece = THOUGHT.replace("I think", "x".repeat(64 * 1024));
        answer = stream(out -> sendForEver(out, piece));

        // when
        ModelReply reply = model.call(REQUEST, () -> {});

        // then
        assertThat(reply.outcome()).isInstanceOf(ModelOutcome.Malformed.class);
        assertThat(reply.response().size()).isLessThan(HttpConnector.LARGEST_BODY + 64 * 1024);
        requireClientGone(true);
    }

    @Test
    void shouldSendTheKeyAndNeverRepeatIt() throws Exception {
        // given
        HttpReasoningModel model = model(Map.of("rationale.r1.api-key", KEY + "\n"));
        answer = of(401, "{\"error\":\"Incorrect API key provided: " + KEY + "\"}");

        // when
        ModelReply reply = model.call(REQUEST, () -> {});

        // then
        assertThat(server.received())
                .extracting(FakeR1Server.Received::authorization)
                .containsOnly("Bearer " + KEY);
        assertThat(reply.outcome()).isEqualTo(new ModelOutcome.Refused(401, "Incorrect API key provided: ***"));
        assertThat(reply.request().lenientUtf8()).doesNotContain(KEY);
        assertThat(reply.toString()).doesNotContain(KEY);
    }

    @Test
    void shouldUseAnEndpointsOwnKey() throws Exception {
        // when
        model(Map.of("rationale.r1.api-key", "shared", "rationale.r1.endpoint.1.api-key", "own"));

        // then
        assertThat(server.received())
                .extracting(FakeR1Server.Received::authorization)
                .containsOnly("Bearer own");
    }

    @Test
    void shouldReadErrors() throws Exception {
        // given
        HttpReasoningModel model = model(Map.of());

        // then
        requireOutcome(
                model,
                of(
                        400,
                        "{\"error\":{\"code\":400,\"message\":\"the request exceeds the available context size\","
                                + "\"type\":\"exceed_context_size_error\",\"n_prompt_tokens\":9000,\"n_ctx\":4096}}"),
                new ModelOutcome.ContextExceeded(
                        "the request exceeds the available context size", OptionalInt.of(9000), OptionalInt.of(4096)));
        requireOutcome(
                model,
                of(503, "{\"error\":{\"code\":503,\"message\":\"Loading model\",\"type\":\"unavailable_error\"}}"),
                new ModelOutcome.Overloaded(503, "Loading model", Optional.empty()));
        requireOutcome(
                model,
                new FakeR1Server.Response(429, Map.of("Retry-After", " 12 "), "{\"error\":\"slow down\"}"),
                new ModelOutcome.Overloaded(429, "slow down", Optional.of(Duration.ofSeconds(12))));
        requireOutcome(
                model,
                new FakeR1Server.Response(302, Map.of("Location", "/login"), "moved"),
                new ModelOutcome.Overloaded(302, "moved", Optional.empty()));
        requireOutcome(model, of(200, "<html>Welcome</html>"), new ModelOutcome.Malformed("the body is no completion"));
    }

    @Test
    void shouldCallAServerThatIsNotThereUnreachable() throws Exception {
        // given
        HttpReasoningModel model = model(Map.of());
        answer = null;

        // when
        ModelReply brokenOff = model.call(REQUEST, () -> {});
        server.close();
        ModelReply refused = model.call(REQUEST, () -> {});

        // then
        assertThat(brokenOff.outcome()).isInstanceOf(ModelOutcome.Unreachable.class);
        assertThat(refused.outcome())
                .isInstanceOfSatisfying(ModelOutcome.Unreachable.class, outcome -> assertThat(outcome.message())
                        .containsIgnoringCase("refused"));
        assertThat(List.of(brokenOff.status(), refused.status())).containsOnly(0);
    }

    @Test
    void shouldAskAgainOverAnotherConnectionWhenTheServerHasClosedTheKeptOne() throws Exception {
        // given
        HttpReasoningModel model = model(Map.of());
        int port = server.port();
        server.close();
        server = FakeR1Server.start(
                port, request -> FakeR1Server.completion(new ModelOutcome.Complete("I think", "42")));

        // when
        ModelReply reply = model.call(REQUEST, () -> {});

        // then
        assertThat(reply.outcome()).isEqualTo(new ModelOutcome.Complete("I think", "\n\n42"));
        assertThat(server.received()).hasSize(1);
    }

    @Test
    void shouldSendCredentialsInAnAddress() throws Exception {
        // given
        server = FakeR1Server.start(0, request -> of(404, "{}"));
        endpoints = endpoints(Map.of());

        // when
        endpoints
                .endpoint("http://user:word@127.0.0.1:" + server.port() + "/v1", 1)
                .probe();

        // then
        assertThat(server.received().getFirst().authorization()).isEqualTo("Basic dXNlcjp3b3Jk");
    }

    @Test
    void shouldKeepCredentialsInAnAddressOutOfProvenance() {
        // when
        endpoints = endpoints(Map.of());
        HttpReasoningModel model = endpoints.endpoint("http://user:" + KEY + "@127.0.0.1:1/v1", 1);

        // then
        assertThat(model.name()).isEqualTo("http://127.0.0.1:1/v1");
    }

    private volatile boolean hanging;

    /** A model that was probed; then {@link #answer} counts. */
    private HttpReasoningModel model(Map<String, String> overrides) throws Exception {
        answer = FakeR1Server.completion(new ModelOutcome.Complete("ok?", "{\"ok\":true}"));
        server = FakeR1Server.start(0, request -> {
            if (!request.path().endsWith("/chat/completions")) {
                return request.path().equals("/v1/models") ? of(200, MODELS) : of(404, "{}");
            }
            if (hanging) {
                never.await();
            }
            return answer;
        });
        endpoints = endpoints(overrides);
        HttpReasoningModel model = endpoints.endpoint(server.baseUrl(), 1);
        assertThat(model.probe()).isEmpty();
        return model;
    }

    private static HttpEndpoints endpoints(Map<String, String> overrides) {
        return new HttpEndpoints(TestConfig.of("rationale.", "one", overrides).r1(), name -> null);
    }

    private void requireOutcome(HttpReasoningModel model, FakeR1Server.Response response, ModelOutcome expected)
            throws Exception {
        answer = response;
        AtomicInteger firstWords = new AtomicInteger();
        ModelReply reply = model.call(REQUEST, firstWords::incrementAndGet);
        assertThat(reply.outcome()).isEqualTo(expected);
        assertThat(firstWords).hasValue(0);
        assertThat(reply.firstPayload()).isNull();
    }

    /** Only who writes notices; a server that sends nothing has nothing to notice by. */
    private void requireClientGone(boolean writing) {
        if (writing) {
            await().untilTrue(clientGone);
        }
    }

    private void sendForEver(OutputStream out, String piece) throws IOException, InterruptedException {
        try {
            while (!never.await(2, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                send(out, piece);
            }
        } catch (IOException e) {
            clientGone.set(true);
            throw e;
        }
    }

    private static void send(OutputStream out, String... pieces) throws IOException {
        for (String piece : pieces) {
            out.write(piece.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }

    private static String event(String data) {
        return "data: " + data + "\n\n";
    }
}
