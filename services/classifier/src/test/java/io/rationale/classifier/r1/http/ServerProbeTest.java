package io.rationale.classifier.r1.http;

import static io.rationale.classifier.FakeR1Server.Response.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rationale.classifier.AppResource;
import io.rationale.classifier.FakeR1Server;
import io.rationale.classifier.TestConfig;
import io.rationale.classifier.r1.server.RequestForm;
import io.rationale.classifier.r1.server.ServerFacts;
import io.rationale.core.json.Json;
import io.rationale.core.r1.ModelOutcome;
import io.rationale.simulator.R1Simulator;
import io.rationale.simulator.SimulatorOptions;
import io.rationale.simulator.fault.Fault;
import io.rationale.simulator.profile.ServerProfile;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a probe finds out. */
@QuarkusTest
@Tag("application")
@QuarkusTestResource(AppResource.class)
@Timeout(30)
class ServerProbeTest {
    private static final String MODELS = "{\"data\":[{\"id\":\"one\"},{\"id\":\"two\",\"max_model_len\":9000}]}";
    private static final FakeR1Server.Response ANSWER =
            FakeR1Server.completion(new ModelOutcome.Complete("ok?", "{\"ok\":true}"));

    private FakeR1Server server;
    private HttpEndpoints endpoints;

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
        if (endpoints != null) {
            endpoints.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "vllm-old,vllm,reasoning_content",
        "vllm,vllm,reasoning_content",
        "vllm-raw,vllm,content",
        "sglang,sglang,reasoning_content",
        "llama-server,llama-server,reasoning_content",
        "ollama,ollama,reasoning",
        "tensorrt-llm,tensorrt-llm,reasoning_content",
        "deepseek-api,deepseek-api,reasoning_content"
    })
    void shouldRecogniseEachServer(String simulated, String profile, String reasoningIn) throws Exception {
        // given
        SimulatorOptions options = SimulatorOptions.DEFAULT
                .withProfile(ServerProfile.named(simulated))
                .withContext(50_000)
                .withSpeedUp(1e6);
        for (String streamed : List.of("true", "false")) {
            try (R1Simulator simulator = R1Simulator.start(options)) {
                // when
                HttpReasoningModel model = model(simulator.baseUrl(), Map.of("rationale.r1.stream", streamed));
                Optional<ModelOutcome> fault = model.probe();

                // then
                assertThat(fault).isEmpty();
                ServerFacts facts = model.facts().orElseThrow();
                assertThat(facts.profile().id()).isEqualTo(profile);
                assertThat(facts.reasoningIn()).isEqualTo(reasoningIn);
                assertThat(facts.model()).isEqualTo("lexical-stand-in");
                assertThat(facts.sentence()).startsWith(profile).contains("lexical-stand-in");
                assertThat(simulator.stats().requests()).isEqualTo(1);
            }
        }
    }

    @Test
    void shouldTellAServerThatHangsFromOneThatWorks() throws Exception {
        // given
        try (R1Simulator simulator = R1Simulator.start(SimulatorOptions.DEFAULT.withSpeedUp(1e6))) {
            simulator.faults(Map.of(Fault.HANG, 1.0));

            // when
            Optional<ModelOutcome> fault = model(
                            simulator.baseUrl(), Map.of("rationale.r1.first-payload-timeout", "300ms"))
                    .probe();

            // then
            assertThat(fault).contains(new ModelOutcome.TimedOut(ModelOutcome.Timer.FIRST_PAYLOAD, "", ""));
        }
    }

    @Test
    void shouldAskForTheConfiguredModelAndItsContext() throws Exception {
        // given
        server = FakeR1Server.start(
                0, request -> request.path().equals("/v1/models") ? of(200, MODELS) : orElse(request));

        // when
        HttpReasoningModel model = model(server.baseUrl(), Map.of("rationale.r1.model", "two"));
        model.probe();

        // then
        assertThat(model.facts().orElseThrow().model()).isEqualTo("two");
        assertThat(model.contextTokens()).hasValue(9000);
    }

    @Test
    void shouldDoWithoutFieldsThatTheServerRefuses() throws Exception {
        // given
        server = FakeR1Server.start(0, request -> {
            if (request.path().equals("/v1/models")) {
                return of(200, MODELS);
            }
            return request.body().contains("stream_options")
                    ? of(422, "{\"detail\":[{\"msg\":\"Extra inputs are not permitted\"}]}")
                    : orElse(request);
        });

        // when
        HttpReasoningModel model = model(server.baseUrl(), Map.of());

        // then
        assertThat(model.probe()).isEmpty();
        assertThat(model.facts().orElseThrow().form()).isEqualTo(RequestForm.COMMON);
    }

    @Test
    void shouldLimitTheTokensInTheWayThatTheServerTakes() throws Exception {
        // given
        server = FakeR1Server.start(0, request -> {
            if (request.path().equals("/v1/models")) {
                return of(200, MODELS);
            }
            return request.body().contains("max_completion_tokens")
                            && !request.body().contains("temperature")
                    ? orElse(request)
                    : of(400, "{\"error\":{\"message\":\"Use 'max_completion_tokens' instead.\"}}");
        });

        // when
        HttpReasoningModel model = model(server.baseUrl(), Map.of());

        // then
        assertThat(model.probe()).isEmpty();
        assertThat(server.received().getLast().body()).doesNotContain("\"max_tokens\"");
    }

    @ParameterizedTest
    @CsvSource({"true,true", "false,false"})
    void shouldUseASchemaOnlyWhereReasoningAndContentBothComeBack(boolean reasons, boolean used) throws Exception {
        // given
        server = FakeR1Server.start(0, request -> {
            if (request.path().equals("/v1/models")) {
                return of(200, MODELS);
            }
            boolean asked = request.body().contains("response_format");
            return asked && !reasons
                    ? FakeR1Server.completion(new ModelOutcome.EmptyThought("{\"ok\":true}"))
                    : orElse(request);
        });

        // when
        HttpReasoningModel model = model(server.baseUrl(), Map.of("rationale.r1.structured-output", "auto"));
        model.probe();

        // then
        assertThat(model.facts().orElseThrow().structuredOutput()).isEqualTo(used);
    }

    @Test
    void shouldGoOnWithoutAListOfModelsWhereOneIsConfigured() throws Exception {
        // given
        server = FakeR1Server.start(0, ServerProbeTest::orElse);

        // then
        assertThat(model(server.baseUrl(), Map.of("rationale.r1.model", "r1")).probe())
                .isEmpty();
        assertThat(model(server.baseUrl(), Map.of()).probe())
                .hasValueSatisfying(fault -> assertThat(fault).isInstanceOf(ModelOutcome.Refused.class));
    }

    @Test
    void shouldSayWhatIsWrongWithAServerThatListsNoModel() throws Exception {
        // given
        server = FakeR1Server.start(0, request -> of(200, "{\"data\":[]}"));

        // then
        assertThat(model(server.baseUrl(), Map.of()).probe())
                .contains(new ModelOutcome.Refused(404, "the server lists no model; name one"));
    }

    @Test
    void shouldRefuseProfilesThatDoNotExist() {
        assertThatThrownBy(() -> model("http://r1/v1", Map.of("rationale.r1.profile", "vlm")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rationale.r1.profile is vlm")
                .hasMessageContaining("llama-server");
        assertThatThrownBy(() -> model("http://r1/v1", Map.of("rationale.r1.structured-output", "on")))
                .hasMessageContaining("auto or off");
    }

    private HttpReasoningModel model(String url, Map<String, String> overrides) {
        endpoints = new HttpEndpoints(
                TestConfig.of("rationale.", "one", new HashMap<>(overrides)).r1(), name -> null);
        return endpoints.endpoint(url, 1);
    }

    /** Words for who asks for a completion, nothing for who looks around. */
    private static FakeR1Server.Response orElse(FakeR1Server.Received request) {
        return request.path().endsWith("/chat/completions") && isJson(request.body()) ? ANSWER : of(404, "{}");
    }

    private static boolean isJson(String body) {
        try {
            return Json.mapper().readTree(body).isObject();
        } catch (IOException e) {
            return false;
        }
    }
}
