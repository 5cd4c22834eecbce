package io.rationale.simulator;

import static io.rationale.simulator.TestClient.chat;
import static io.rationale.simulator.TestClient.stream;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rationale.simulator.fault.Fault;
import io.rationale.simulator.profile.ServerProfile;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What each server puts on the wire, as JSON text; T stands for the thought. */
@Timeout(30)
class ProfileTest {
    private static final String PROBE = "Reply with {\"ok\":true}";
    private static final String THOUGHT = "I am asked for one JSON object and nothing else; here it is.";
    private static final SimulatorOptions OPTIONS = SimulatorOptions.DEFAULT
            .withModel("r1")
            .withSpeedUp(1e6)
            .withContext(200)
            .withSlots(1)
            .withQueue(0);

    private R1Simulator simulator;
    private TestClient client;

    @AfterEach
    void stop() {
        client.close();
        simulator.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    vllm-old     | {"content":"\\n\\n{\\"ok\\":true}","reasoning_content":"T"}
                    vllm         | {"content":"\\n\\n{\\"ok\\":true}","reasoning":"T","reasoning_content":"T"}
                    vllm-raw     | {"content":"T</think>\\n\\n{\\"ok\\":true}"}
                    sglang       | {"content":"{\\"ok\\":true}","reasoning_content":"T","tool_calls":null}
                    llama-server | {"content":"{\\"ok\\":true}","reasoning_content":"\\nT"}
                    ollama       | {"content":"{\\"ok\\":true}","reasoning":"T"}
                    tensorrt-llm | {"content":"\\n\\n{\\"ok\\":true}","reasoning_content":"<think>\\nT"}
                    deepseek-api | {"content":"{\\"ok\\":true}","reasoning_content":"T"}
                    """)
    void shouldPutThoughtAndAnswerWhereTheServerPutsThem(String profile, String message) throws Exception {
        // given
        start(profile);

        // when
        String body = client.raw(chat(PROBE));

        // then
        assertThat(body)
                .startsWith("{\"id\":\"chatcmpl-0\",\"object\":\"chat.completion\",\"created\":0,\"model\":\"r1\","
                        + "\"system_fingerprint\":\"rationale-r1-simulator\",\"choices\":[{\"index\":0,\"message\":"
                        + "{\"role\":\"assistant\","
                        + message.replace("T", THOUGHT).substring(1)
                        + ",\"logprobs\":null,\"finish_reason\":\"stop\"}],\"usage\":{");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    vllm-old     | {"content":null,"reasoning_content":"I am asked f"}
                    vllm         | {"content":null,"reasoning":"I am asked f","reasoning_content":"I am asked f"}
                    vllm-raw     | {"content":"I am asked f"}
                    sglang       | {"content":null,"reasoning_content":"I am asked f","tool_calls":null}
                    llama-server | {"content":"","reasoning_content":"\\nI am asked f"}
                    ollama       | {"content":"","reasoning":"I am asked f"}
                    tensorrt-llm | {"content":"","reasoning_content":"<think>\\nI am asked f"}
                    deepseek-api | {"content":"","reasoning_content":"I am asked f"}
                    """)
    void shouldSayHowTheServerSaysThatThereIsNoAnswer(String profile, String message) throws Exception {
        // given
        start(profile);

        // when
        String body = client.raw(chat(PROBE).put("max_tokens", 3));

        // then
        assertThat(body)
                .contains("\"message\":{\"role\":\"assistant\"," + message.substring(1)
                        + ",\"logprobs\":null,\"finish_reason\":\"length\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    vllm-old     | {"prompt_tokens":6,"total_tokens":25,"completion_tokens":19,"prompt_tokens_details":null}}
                    vllm         | {"prompt_tokens":6,"completion_tokens":19,"total_tokens":25,"completion_tokens_details":{"reasoning_tokens":15},"prompt_tokens_details":{"cached_tokens":0}}}
                    vllm-raw     | {"prompt_tokens":6,"completion_tokens":19,"total_tokens":25,"prompt_tokens_details":{"cached_tokens":0}}}
                    sglang       | {"prompt_tokens":6,"completion_tokens":19,"total_tokens":25,"prompt_tokens_details":{"cached_tokens":0},"reasoning_tokens":15}}
                    llama-server | {"prompt_tokens":6,"completion_tokens":19,"total_tokens":25},"timings":{"cache_n":0,"prompt_n":6,"predicted_n":19}}
                    ollama       | {"prompt_tokens":6,"completion_tokens":19,"total_tokens":25}}
                    tensorrt-llm | {"prompt_tokens":6,"completion_tokens":19,"total_tokens":25,"prompt_tokens_details":{"cached_tokens":0}}}
                    deepseek-api | {"prompt_tokens":6,"completion_tokens":19,"total_tokens":25,"prompt_tokens_details":{"cached_tokens":0},"completion_tokens_details":{"reasoning_tokens":15},"prompt_cache_hit_tokens":0,"prompt_cache_miss_tokens":6}}
                    """)
    void shouldTellTheUsageAsTheServerDoes(String profile, String usage) throws Exception {
        // given
        start(profile);

        // when
        String whole = client.raw(chat(PROBE));
        client.post("/admin/reset", "");
        List<String> events = events(stream(chat(PROBE)));

        // then
        assertThat(whole).endsWith("\"usage\":" + usage);
        assertThat(events.get(events.size() - 2)).endsWith("\"choices\":[],\"usage\":" + usage);
        assertThat(events.getLast()).isEqualTo("[DONE]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    vllm-old     | {"role":"assistant","content":""} | {"reasoning_content":"T","content":"\\n\\n{\\"ok\\":true}"} | {}
                    vllm         | {"role":"assistant","content":""} | {"reasoning":"T","reasoning_content":"T","content":"\\n\\n{\\"ok\\":true}"} | {}
                    vllm-raw     | {"role":"assistant","content":""} | {"content":"T</think>\\n\\n{\\"ok\\":true}"} | {}
                    sglang       | {"role":"assistant","content":"","reasoning_content":null,"tool_calls":null} | {"role":null,"content":null,"reasoning_content":"T","tool_calls":null} | {"role":null,"content":null,"reasoning_content":null,"tool_calls":null}
                    llama-server | {"role":"assistant","content":null} | {"reasoning_content":"\\nT"} | {}
                    ollama       | {"role":"assistant","content":""} | {"role":"assistant","content":"","reasoning":"T"} | {"role":"assistant","content":""}
                    tensorrt-llm | {"role":"assistant","content":""} | {"reasoning_content":"<think>\\nT"} | {}
                    deepseek-api | {"role":"assistant","content":null,"reasoning_content":""} | {"content":null,"reasoning_content":"T"} | {"content":"","reasoning_content":null}
                    """)
    void shouldStreamTheDeltasOfTheServer(String profile, String first, String second, String last) throws Exception {
        // given
        start(profile);

        // when
        List<String> events = events(chat(PROBE).put("stream", true));

        // then
        assertThat(events.get(0)).endsWith("\"delta\":" + first + ",\"logprobs\":null,\"finish_reason\":null}]}");
        assertThat(events.get(1))
                .endsWith("\"delta\":" + second.replace("T", THOUGHT) + ",\"logprobs\":null,\"finish_reason\":null}]}");
        assertThat(events.get(events.size() - 2))
                .contains("\"delta\":" + last + ",\"logprobs\":null,\"finish_reason\":\"stop\"}]");
        assertThat(events.get(events.size() - 2).contains("\"usage\":{")).isEqualTo(profile.equals("deepseek-api"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    vllm-old     | 400 | {"error":{"message":"This model's maximum context length is 200 tokens. However, you requested 250 tokens (250 in the messages, 0 in the completion). Please reduce the length of the messages or completion.","type":"BadRequestError","param":null,"code":400}}
                    vllm         | 400 | {"error":{"message":"You passed 250 input tokens and requested 0 output tokens. However, the model's context length is only 200 tokens, resulting in a maximum input length of 200 tokens. Please reduce the length of the input prompt. (parameter=input_tokens, value=250)","type":"BadRequestError","param":"input_tokens","code":400}}
                    sglang       | 400 | {"object":"error","message":"The input (250 tokens) is longer than the model's context length (200 tokens).","type":"BadRequestError","param":null,"code":400}
                    llama-server | 400 | {"error":{"code":400,"message":"request (250 tokens) exceeds the available context size (200 tokens), try increasing it","type":"exceed_context_size_error","n_prompt_tokens":250,"n_ctx":200}}
                    tensorrt-llm | 400 | {"object":"error","message":"This model's maximum context length is 200 tokens. However, you requested 250 tokens (250 in the messages, 0 in the completion). Please reduce the length of the messages or completion.","type":"BadRequestError","param":null,"code":400}
                    deepseek-api | 400 | {"error":{"message":"This model's maximum context length is 200 tokens. However, you requested 250 tokens (250 in the messages, 0 in the completion). Please reduce the length of the messages or completion.","type":"invalid_request_error","param":null,"code":"invalid_request_error"}}
                    """)
    void shouldRefusePromptsThatAreTooLong(String profile, int status, String body) throws Exception {
        // given
        start(profile);

        // when
        HttpResponse<String> response = client.post(chat("x".repeat(1000)).toString());

        // then
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).isEqualTo(body);
    }

    @ParameterizedTest
    @CsvSource({"ollama,200", "llama-server,199"})
    void shouldEndTheOutputWhereTheContextDoesWhenThePromptFits(String profile, int promptTokens) throws Exception {
        // given
        start(profile);
        int length = profile.equals("ollama") ? 1000 : 4 * promptTokens;

        // when
        JsonNode root = client.json(chat("x".repeat(length)).put("max_tokens", 500));

        // then
        assertThat(root.at("/usage/prompt_tokens").intValue()).isEqualTo(promptTokens);
        assertThat(root.at("/usage/completion_tokens").intValue()).isEqualTo(profile.equals("ollama") ? 99 : 1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    vllm         | 400 | 404 | 401 | {"error":"Unauthorized"}
                    sglang       | 400 | 200 | 401 | {"error":"Unauthorized"}
                    llama-server | 500 | 200 | 401 | {"error":{"code":401,"message":"Invalid API Key","type":"authentication_error"}}
                    ollama       | 400 | 404 | 401 | {"error":{"message":"Unauthorized","type":"api_error","param":null,"code":null}}
                    tensorrt-llm | 400 | 200 | 401 | {"object":"error","message":"Unauthorized","type":"AuthenticationError","param":null,"code":401}
                    deepseek-api | 400 | 400 | 401 | {"error":{"message":"Authentication Fails (auth header format should be Bearer sk-...)","type":"authentication_error","param":null,"code":"invalid_request_error"}}
                    """)
    void shouldRefuseWithTheStatusOfTheServer(
            String profile, int noJson, int unknownModel, int unauthorized, String unauthorizedBody) throws Exception {
        // given
        start(profile);
        R1Simulator locked = R1Simulator.start(options(profile).withApiKey("secret"));

        // when
        HttpResponse<String> malformed = client.post("{\"messages\":");
        HttpResponse<String> otherModel =
                client.post(chat("hi").put("model", "gpt").toString());
        try (locked;
                TestClient stranger = new TestClient(locked)) {
            HttpResponse<String> withoutKey = stranger.post(chat("hi").toString());

            // then
            assertThat(malformed.statusCode()).isEqualTo(noJson);
            assertThat(otherModel.statusCode()).isEqualTo(unknownModel);
            assertThat(withoutKey.statusCode()).isEqualTo(unauthorized);
            assertThat(withoutKey.body()).isEqualTo(unauthorizedBody);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    vllm         | 429 | {"error":{"message":"Too many requests. Please retry later.","type":"RateLimitError","param":null,"code":429}}
                    sglang       | 503 | {"object":"error","message":"The request queue is full.","type":"ServiceUnavailableError","param":null,"code":503}
                    llama-server | 503 | {"error":{"code":503,"message":"The queue is full","type":"unavailable_error"}}
                    ollama       | 503 | {"error":{"message":"server busy, please try again.  maximum pending requests exceeded","type":"api_error","param":null,"code":null}}
                    tensorrt-llm | 429 | {"object":"error","message":"Too many requests. Please retry later.","type":"RateLimitError","param":null,"code":429}
                    deepseek-api | 429 | {"error":{"message":"Too many requests. Please retry later.","type":"invalid_request_error","param":null,"code":"invalid_request_error"}}
                    """)
    void shouldRefuseWhenTheQueueIsFull(String profile, int status, String body) throws Exception {
        // given
        start(options(profile).withSpeedUp(1).withFaults(Map.of(Fault.HANG, 1.0)));
        var running = client.sendAsync(chat(PROBE).toString());
        TestClient.await(() -> simulator.stats().busy() == 1);
        simulator.faults(Map.of());

        // when
        HttpResponse<String> response = client.post(chat(PROBE).toString());
        running.cancel(true);

        // then
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).isEqualTo(body);
        assertThat(response.headers().firstValue("retry-after").isPresent()).isEqualTo(status == 429);
        assertThat(simulator.stats().rejected()).isEqualTo(1);
        TestClient.await(() -> simulator.stats().busy() == 0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    vllm-old     | /metrics         | vllm:num_requests_running{engine="0",model_name="r1"} 0.0
                    vllm         | /metrics         | vllm:num_requests_waiting{engine="0",model_name="r1"} 0.0
                    vllm-raw     | /metrics         | vllm:kv_cache_usage_perc{engine="0",model_name="r1"} 0.0
                    vllm-old     | /version         | {"version":"0.11.0+rationale-r1-simulator"}
                    vllm         | /version         | {"version":"0.16.0+rationale-r1-simulator"}
                    vllm         | /v1/models       | "owned_by":"vllm","root":"r1","parent":null,"max_model_len":200}
                    sglang       | /metrics         | sglang:num_running_reqs{model_name="r1"} 0.0
                    sglang       | /metrics         | sglang:num_queue_reqs{model_name="r1"} 0.0
                    sglang       | /get_model_info  | "model_path":"r1"
                    sglang       | /get_server_info | "context_length":200
                    sglang       | /v1/models       | "owned_by":"sglang","root":"r1","max_model_len":200}
                    llama-server | /health          | {"status":"ok"}
                    llama-server | /props           | {"default_generation_settings":{"n_ctx":200},"total_slots":1
                    llama-server | /slots           | [{"id":0,"n_ctx":200,"is_processing":false}]
                    llama-server | /metrics         | llamacpp:requests_processing 0.0
                    llama-server | /metrics         | llamacpp:requests_deferred 0.0
                    llama-server | /v1/models       | "owned_by":"llamacpp","meta":{"n_ctx_train":200}}
                    ollama       | /api/version     | {"version":"0.13.5+rationale-r1-simulator"}
                    ollama       | /api/tags        | {"models":[{"name":"r1"
                    ollama       | /v1/models       | "owned_by":"library"}
                    tensorrt-llm | /version         | {"version":"1.1.0+rationale-r1-simulator"}
                    tensorrt-llm | /metrics         | "numActiveRequests":0
                    tensorrt-llm | /v1/models       | "owned_by":"tensorrt_llm"}
                    deepseek-api | /v1/models       | "owned_by":"deepseek"}
                    """)
    void shouldTellAboutItselfWhereTheServerDoes(String profile, String path, String text) throws Exception {
        // given
        start(profile);

        // when
        HttpResponse<String> response = client.get(path);

        // then
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains(text);
    }

    @ParameterizedTest
    @EnumSource
    void shouldStayRecognisableAsASimulator(ServerProfile profile) throws Exception {
        // given
        start(profile.id());

        // when
        HttpResponse<String> response = client.post(chat(PROBE).toString());

        // then
        assertThat(response.headers().firstValue("server").orElseThrow())
                .isEqualTo(profile.dialect().server() + " (rationale-r1-simulator)");
        assertThat(response.headers().firstValue("x-simulator")).contains("rationale-r1-simulator");
    }

    @ParameterizedTest
    @CsvSource({"vllm,true", "sglang,true", "deepseek-api,true", "llama-server,false", "ollama,false"})
    void shouldSendTheHeadersOfAQueuedStreamOnlyWhereTheServerDoes(String profile, boolean atOnce) throws Exception {
        // given
        start(options(profile).withQueue(1).withFaults(Map.of(Fault.HANG, 1.0)));
        var running = client.sendAsync(chat(PROBE).toString());
        TestClient.await(() -> simulator.stats().busy() == 1);
        simulator.faults(Map.of());

        // when
        var queued = client.sendAsync(stream(chat(PROBE)).toString());
        TestClient.await(() -> simulator.stats().waiting() == 1);
        client.get("/health");
        boolean headersWhileQueued = atOnce && queued.get().statusCode() == 200;
        boolean silent = !queued.isDone();
        running.cancel(true);

        // then
        assertThat(headersWhileQueued).isEqualTo(atOnce);
        assertThat(silent).isEqualTo(!atOnce);
        assertThat(queued.get().statusCode()).isEqualTo(200);
    }

    private void start(String profile) {
        start(options(profile));
    }

    private void start(SimulatorOptions options) {
        simulator = R1Simulator.start(options);
        client = new TestClient(simulator);
    }

    private static SimulatorOptions options(String profile) {
        return OPTIONS.withProfile(ServerProfile.named(profile));
    }

    private List<String> events(ObjectNode body) throws Exception {
        return new ArrayList<>(TestClient.events(client.raw(body).lines()));
    }
}
