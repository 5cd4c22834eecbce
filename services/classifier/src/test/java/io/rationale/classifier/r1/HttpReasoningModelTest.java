package io.rationale.classifier.r1;

import static io.rationale.classifier.FakeR1Server.Response.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rationale.classifier.AppResource;
import io.rationale.classifier.FakeR1Server;
import io.rationale.classifier.TestConfig;
import io.rationale.core.json.Json;
import io.rationale.core.r1.ModelOutcome;
import io.rationale.core.r1.ModelReply;
import io.rationale.core.r1.ModelRequest;
import io.rationale.core.r1.Prompt;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The REST client against real HTTP. */
@QuarkusTest
@QuarkusTestResource(AppResource.class)
@Timeout(30)
class HttpReasoningModelTest {
    private static final String KEY = "sk-very-secret";
    private static final String MODELS = "{\"data\":[{\"id\":\"deepseek-r1\"},{\"id\":\"other\"}]}";
    private static final ModelRequest REQUEST = new ModelRequest("id", new Prompt("Why?", ""), 1);

    private FakeR1Server server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void shouldAskTheFirstListedModelAndReadVllmsAnswer() throws Exception {
        // given
        answering(FakeR1Server.completion(new ModelOutcome.Complete("I think", "42")));

        // when
        ModelReply reply = model(Map.of()).call(REQUEST);

        // then
        assertThat(reply.outcome()).isEqualTo(new ModelOutcome.Complete("I think", "\n\n42"));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.model()).isEqualTo("r1");
        assertThat(reply.server()).isEqualTo("fake");
        assertThat(reply.endpoint()).isEqualTo(server.baseUrl());
        assertThat(reply.usage().prompt()).isEqualTo(100);
        FakeR1Server.Received chat = server.received().getLast();
        assertThat(server.received())
                .extracting(FakeR1Server.Received::path)
                .containsExactly("/v1/models", "/v1/chat/completions");
        assertThat(chat.authorization()).isNull();
        assertThat(chat.body()).isEqualTo(reply.request().lenientUtf8());
        assertThat(Json.mapper().readTree(chat.body()))
                .isEqualTo(Json.mapper()
                        .readTree("{\"model\":\"deepseek-r1\",\"messages\":[{\"role\":\"user\",\"content\":\"Why?\"}],"
                                + "\"temperature\":0.6,\"top_p\":0.95,\"max_tokens\":512,\"seed\":7,"
                                + "\"stream\":false}"));
    }

    @Test
    void shouldAskForItsModelsAgainWhenTheServerForgetsOne() throws Exception {
        // given
        answering(of(404, "{\"error\":{\"message\":\"The model `deepseek-r1` does not exist.\",\"code\":404}}"));
        HttpReasoningModel model = model(Map.of());

        // when
        ModelReply reply = model.call(REQUEST);
        model.call(REQUEST);

        // then
        assertThat(reply.outcome()).isEqualTo(new ModelOutcome.Refused(404, "The model `deepseek-r1` does not exist."));
        assertThat(reply.outcome().unavailable()).isTrue();
        assertThat(server.received())
                .filteredOn(each -> each.path().equals("/v1/models"))
                .hasSize(2);
    }

    @Test
    void shouldSendTheKeyAndNeverRepeatIt() throws Exception {
        // given
        answering(of(401, "{\"error\":\"Incorrect API key provided: " + KEY + "\"}"));

        // when
        ModelReply reply = model(Map.of("rationale.r1.model", "r1", "rationale.r1.api-key", KEY + "\n"))
                .call(REQUEST);

        // then
        assertThat(server.received())
                .extracting(FakeR1Server.Received::authorization)
                .containsOnly("Bearer " + KEY);
        assertThat(reply.outcome()).isEqualTo(new ModelOutcome.Refused(401, "Incorrect API key provided: ***"));
        assertThat(reply.request().lenientUtf8()).doesNotContain(KEY);
        assertThat(reply.toString()).doesNotContain(KEY);
    }

    @Test
    void shouldReadErrorsInTheShapesOfServers() throws Exception {
        requireOutcome(
                of(
                        400,
                        "{\"error\":{\"code\":400,\"message\":\"the request exceeds the available context size\","
                                + "\"type\":\"exceed_context_size_error\",\"n_prompt_tokens\":9000,\"n_ctx\":4096}}"),
                new ModelOutcome.ContextExceeded(
                        "the request exceeds the available context size", OptionalInt.empty(), OptionalInt.empty()));
        requireOutcome(
                of(400, "{\"object\":\"error\",\"message\":\"maximum context length is 8 tokens\",\"code\":400}"),
                new ModelOutcome.ContextExceeded(
                        "maximum context length is 8 tokens", OptionalInt.empty(), OptionalInt.empty()));
        requireOutcome(
                of(400, "{\"error\":{\"message\":\"temperature must be positive\"}}"),
                new ModelOutcome.Refused(400, "temperature must be positive"));
        requireOutcome(
                of(503, "{\"error\":{\"code\":503,\"message\":\"Loading model\",\"type\":\"unavailable_error\"}}"),
                new ModelOutcome.Overloaded(503, "Loading model", Optional.empty()));
        requireOutcome(
                new FakeR1Server.Response(429, Map.of("Retry-After", " 12 "), "{\"error\":\"slow down\"}"),
                new ModelOutcome.Overloaded(429, "slow down", Optional.of(Duration.ofSeconds(12))));
        requireOutcome(
                new FakeR1Server.Response(429, Map.of("Retry-After", "Fri, 31 Dec 2027 23:59:59 GMT"), "{}"),
                new ModelOutcome.Overloaded(429, "no choices and no error message", Optional.empty()));
        requireOutcome(
                of(500, "<html>Internal Server Error</html>"),
                new ModelOutcome.Overloaded(500, "an error without JSON", Optional.empty()));
    }

    @Test
    void shouldFollowNoRedirectAndGiveNothingUpForIt() throws Exception {
        requireOutcome(
                new FakeR1Server.Response(302, Map.of("Location", "/login"), ""),
                new ModelOutcome.Overloaded(302, "no choices and no error message", Optional.empty()));
    }

    @Test
    void shouldTellWhatIsNoCompletion() throws Exception {
        requireOutcome(of(200, "<html>Welcome</html>"), new ModelOutcome.Malformed("the body is not JSON"));
        requireOutcome(of(200, ""), new ModelOutcome.Malformed("the body is not a JSON object"));
        requireOutcome(of(200, "{\"error\":{\"message\":\"engine died\"}}"), new ModelOutcome.Malformed("engine died"));
        String vast = "x".repeat(3 * 1024 * 1024);
        requireOutcome(
                of(200, vast), new ModelOutcome.Malformed("a response of 3145728 bytes, which is no completion"));
    }

    @Test
    void shouldWaitForAServerThatListsNoModel() throws Exception {
        // given
        server = FakeR1Server.start(0, request -> of(200, "{\"data\":[]}"));

        // when
        ModelReply reply = model(Map.of()).call(REQUEST);

        // then
        assertThat(reply.outcome()).isEqualTo(new ModelOutcome.Refused(404, "the server lists no model; name one"));
    }

    @Test
    void shouldCallAServerThatIsNotThereUnreachable() throws Exception {
        // given
        server = FakeR1Server.start(0, request -> null);
        HttpReasoningModel model = model(Map.of("rationale.r1.model", "r1"));

        // when
        ModelReply brokenOff = model.call(REQUEST);
        server.close();
        ModelReply refused = model.call(REQUEST);

        // then
        assertThat(brokenOff.outcome()).isInstanceOf(ModelOutcome.Unreachable.class);
        assertThat(refused.outcome())
                .isInstanceOfSatisfying(ModelOutcome.Unreachable.class, outcome -> assertThat(outcome.message())
                        .containsIgnoringCase("refused"));
        assertThat(List.of(brokenOff.status(), refused.status())).containsOnly(0);
    }

    @Test
    void shouldTimeOutWhenNoWholeAnswerComes() throws Exception {
        // given
        CountDownLatch never = new CountDownLatch(1);
        server = FakeR1Server.start(0, request -> {
            never.await();
            return null;
        });

        // when
        ModelReply reply = model(Map.of("rationale.r1.model", "r1", "rationale.r1.total-timeout", "300ms"))
                .call(REQUEST);

        // then
        assertThat(reply.outcome()).isInstanceOf(ModelOutcome.TimedOut.class);
    }

    @Test
    void shouldEndWithTheInterruptThatStopsIt() throws Exception {
        // given
        CountDownLatch never = new CountDownLatch(1);
        server = FakeR1Server.start(0, request -> {
            never.await();
            return null;
        });
        HttpReasoningModel model = model(Map.of("rationale.r1.model", "r1"));
        AtomicReference<Object> end = new AtomicReference<>();

        // when
        Thread calling = Thread.ofVirtual().start(() -> {
            try {
                end.set(model.call(REQUEST));
            } catch (InterruptedException e) {
                end.set(e);
            }
        });
        await().until(() -> !server.received().isEmpty());
        calling.interrupt();
        calling.join();

        // then
        assertThat(end.get()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void shouldKeepCredentialsInAnAddressOutOfProvenance() {
        // when
        HttpReasoningModel model = R1Cluster.endpoint(
                "http://user:" + KEY + "@127.0.0.1:1/v1", config(Map.of()).r1());

        // then
        assertThat(model.endpoint()).isEqualTo("http://127.0.0.1:1/v1");
    }

    private void requireOutcome(FakeR1Server.Response response, ModelOutcome expected) throws Exception {
        stop();
        answering(response);
        ModelReply reply = model(Map.of()).call(REQUEST);
        assertThat(reply.outcome()).isEqualTo(expected);
        assertThat(reply.status()).isEqualTo(response.status());
        assertThat(response.body()).startsWith(reply.response().lenientUtf8());
    }

    private void answering(FakeR1Server.Response response) {
        server = FakeR1Server.start(0, request -> request.path().equals("/v1/models") ? of(200, MODELS) : response);
    }

    private HttpReasoningModel model(Map<String, String> overrides) {
        return R1Cluster.endpoint(server.baseUrl(), config(overrides).r1());
    }

    private static io.rationale.classifier.ClassifierConfig config(Map<String, String> overrides) {
        return TestConfig.of("rationale.", "one", new HashMap<>(overrides));
    }
}
