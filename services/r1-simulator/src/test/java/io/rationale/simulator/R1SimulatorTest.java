package io.rationale.simulator;

import static io.rationale.simulator.TestClient.chat;
import static io.rationale.simulator.TestClient.events;
import static io.rationale.simulator.TestClient.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class R1SimulatorTest {
    private static final String PROMPT = Prompts.about("wrong dose 😂, again", "Die Quelle fehlt.");

    private final R1Simulator simulator = R1Simulator.start(
            SimulatorOptions.DEFAULT.withSpeedUp(1e6).withModel("r1").withSeed(7));
    private final TestClient client = new TestClient(simulator);

    @AfterEach
    void stop() {
        simulator.close();
        client.close();
    }

    @Test
    void shouldAnswerWithThoughtAndVerdicts() throws Exception {
        // when
        JsonNode root = client.json(chat(PROMPT).put("model", "r1"));

        // then
        JsonNode choice = root.path("choices").get(0);
        JsonNode message = choice.path("message");
        assertThat(choice.path("finish_reason").textValue()).isEqualTo("stop");
        assertThat(message.path("reasoning").textValue()).contains("So n1 is numerical-error.");
        assertThat(message.path("reasoning_content")).isEqualTo(message.path("reasoning"));
        assertThat(message.path("content").textValue()).startsWith("\n\n{");
        assertThat(Prompts.JSON.readTree(message.path("content").textValue()).findValuesAsText("category"))
                .containsExactly("numerical-error", "reference-error");
        assertThat(root.path("model").textValue()).isEqualTo("r1");
        assertThat(root.path("system_fingerprint").textValue()).isEqualTo("rationale-r1-simulator");
    }

    @Test
    void shouldCountTokensAndKnowThePrefixOfAPromptItHasSeen() throws Exception {
        // given
        client.json(chat(PROMPT));

        // when
        JsonNode root = client.json(chat(PROMPT));

        // then
        JsonNode usage = root.path("usage");
        int prompt = (PROMPT.length() + 3) / 4;
        int reasoning = usage.at("/completion_tokens_details/reasoning_tokens").intValue();
        assertThat(usage.path("prompt_tokens").intValue()).isEqualTo(prompt);
        assertThat(reasoning)
                .isPositive()
                .isLessThan(usage.path("completion_tokens").intValue());
        assertThat(usage.path("total_tokens").intValue())
                .isEqualTo(prompt + usage.path("completion_tokens").intValue());
        assertThat(usage.at("/prompt_tokens_details/cached_tokens").intValue()).isEqualTo((prompt - 1) / 16 * 16);
        assertThat(simulator.stats().requests()).isEqualTo(2);
        assertThat(simulator.stats().notes()).isEqualTo(4);
        assertThat(simulator.stats().reasoningTokens()).isEqualTo(2L * reasoning);
        assertThat(simulator.stats().busy()).isZero();
    }

    @Test
    void shouldStreamWhatItAnswersAtOnce() throws Exception {
        // given
        JsonNode whole = client.json(chat(PROMPT));

        // when
        HttpResponse<Stream<String>> response = client.send(stream(chat(PROMPT)).toString(), BodyHandlers.ofLines());

        // then
        List<String> events = events(response.body());
        List<JsonNode> chunks = chunks(events);
        assertThat(response.headers().firstValue("content-type").orElseThrow()).startsWith("text/event-stream");
        assertThat(events.getLast()).isEqualTo("[DONE]");
        assertThat(chunks.getFirst().at("/choices/0/delta/role").textValue()).isEqualTo("assistant");
        assertThat(joined(chunks, "reasoning"))
                .isEqualTo(whole.at("/choices/0/message/reasoning").textValue());
        assertThat(joined(chunks, "reasoning_content")).isEqualTo(joined(chunks, "reasoning"));
        assertThat(joined(chunks, "content"))
                .isEqualTo(whole.at("/choices/0/message/content").textValue());
        assertThat(chunks.get(chunks.size() - 2).at("/choices/0/finish_reason").textValue())
                .isEqualTo("stop");
        assertThat(chunks.getLast().path("choices")).isEmpty();
        assertThat(chunks.getLast().at("/usage/total_tokens")).isEqualTo(whole.at("/usage/total_tokens"));
        assertThat(chunks).hasSizeGreaterThan(6);
    }

    @Test
    void shouldStreamAThoughtOfManyThousandTokensWhole() throws Exception {
        // given
        JsonNode whole = client.json(chat(Prompts.lengthy()));

        // when
        HttpResponse<Stream<String>> response =
                client.send(stream(chat(Prompts.lengthy())).toString(), BodyHandlers.ofLines());

        // then
        List<JsonNode> chunks = chunks(events(response.body()));
        assertThat(joined(chunks, "reasoning"))
                .isEqualTo(whole.at("/choices/0/message/reasoning").textValue());
        assertThat(joined(chunks, "content"))
                .isEqualTo(whole.at("/choices/0/message/content").textValue());
    }

    @Test
    void shouldCutTheThoughtAndSendNoContentWhenTokensAreUsedUp() throws Exception {
        // when
        JsonNode root = client.json(chat(PROMPT).put("max_tokens", 10));

        // then
        assertThat(root.at("/choices/0/finish_reason").textValue()).isEqualTo("length");
        assertThat(root.at("/choices/0/message/reasoning").textValue()).hasSize(40);
        assertThat(root.at("/choices/0/message/content").isNull()).isTrue();
        assertThat(root.at("/usage/completion_tokens").intValue()).isEqualTo(10);
    }

    @Test
    void shouldCutTheAnswerWhenTokensAreUsedUpThere() throws Exception {
        // given
        JsonNode whole = client.json(chat(PROMPT));
        int budget = whole.at("/usage/completion_tokens").intValue() - 5;

        // when
        JsonNode root = client.json(chat(PROMPT).put("max_completion_tokens", budget));

        // then
        String content = root.at("/choices/0/message/content").textValue();
        assertThat(root.at("/choices/0/finish_reason").textValue()).isEqualTo("length");
        assertThat(whole.at("/choices/0/message/content").textValue()).startsWith(content);
        assertThat(root.at("/usage/completion_tokens").intValue()).isEqualTo(budget);
    }

    @Test
    void shouldRefuseWhatVllmRefuses() throws Exception {
        // given
        String tooLong = chat("x".repeat(4 * 131_072 + 1)).toString();

        // when
        HttpResponse<String> noJson = client.post("{\"messages\":");
        HttpResponse<String> noMessages = client.post("{}");
        HttpResponse<String> unknownModel =
                client.post(chat("hi").put("model", "gpt").toString());
        HttpResponse<String> noTokens =
                client.post(chat("hi").put("max_tokens", 0).toString());
        HttpResponse<String> noContext = client.post(tooLong);
        HttpResponse<String> noRoute = client.get("/v2/anything");
        HttpResponse<String> noMethod = client.get("chat/completions");

        // then
        assertThat(List.of(noJson.statusCode(), noMessages.statusCode(), noTokens.statusCode()))
                .containsOnly(400);
        assertThat(unknownModel.statusCode()).isEqualTo(404);
        assertThat(unknownModel.body())
                .isEqualTo("{\"error\":{\"message\":\"The model `gpt` does not exist.\",\"type\":\"NotFoundError\","
                        + "\"param\":\"model\",\"code\":404}}");
        assertThat(noContext.statusCode()).isEqualTo(400);
        assertThat(noContext.body()).contains("the model's context length is only 131072 tokens");
        assertThat(noRoute.statusCode()).isEqualTo(404);
        assertThat(noMethod.statusCode()).isEqualTo(405);
    }

    @Test
    void shouldRefuseBodiesOverSixteenMebibytes() throws Exception {
        // given
        String body = chat("x".repeat(16 * 1024 * 1024)).toString();

        // when
        HttpResponse<String> response = client.post(body);

        // then
        assertThat(response.statusCode()).isEqualTo(413);
    }

    @Test
    void shouldTellAboutItself() throws Exception {
        // given
        client.json(chat("hi"));

        // when
        JsonNode model = Prompts.JSON.readTree(client.get("models").body()).at("/data/0");
        JsonNode stats = Prompts.JSON.readTree(client.get("/admin/stats").body());
        JsonNode reset = Prompts.JSON.readTree(client.post("/admin/reset", "").body());
        HttpResponse<String> health = client.get("/health");
        HttpResponse<String> version = client.get("/version");

        // then
        assertThat(model.path("id").textValue()).isEqualTo("r1");
        assertThat(model.path("max_model_len").intValue()).isEqualTo(131_072);
        assertThat(stats.path("requests").intValue()).isEqualTo(1);
        assertThat(reset.path("requests").intValue()).isZero();
        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(version.body()).contains("rationale-r1-simulator");
    }

    @Test
    void shouldSayWhatToDoWhenThePortIsInUse() {
        // given
        SimulatorOptions samePort = SimulatorOptions.DEFAULT.withPort(simulator.port());

        // when / then
        assertThatThrownBy(() -> R1Simulator.start(samePort))
                .isInstanceOf(UncheckedIOException.class)
                .hasCauseInstanceOf(BindException.class)
                .hasMessageContaining("127.0.0.1:" + simulator.port())
                .hasMessageContaining("Choose another port");
    }

    @Test
    void shouldFreeThePortWhenClosed() {
        // given
        int port = simulator.port();
        simulator.close();

        // when
        try (R1Simulator next = R1Simulator.start(SimulatorOptions.DEFAULT.withPort(port))) {

            // then
            assertThat(next.baseUrl()).isEqualTo("http://127.0.0.1:" + port + "/v1");
        }
    }

    private static List<JsonNode> chunks(List<String> events) throws Exception {
        List<JsonNode> chunks = new ArrayList<>();
        for (String event : events.subList(0, events.size() - 1)) {
            chunks.add(Prompts.JSON.readTree(event));
        }
        return chunks;
    }

    private static String joined(List<JsonNode> chunks, String field) {
        return chunks.stream()
                .map(chunk -> chunk.at("/choices/0/delta").path(field).asText(""))
                .collect(Collectors.joining());
    }
}
