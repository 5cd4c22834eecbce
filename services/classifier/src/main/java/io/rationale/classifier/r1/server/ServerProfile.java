package io.rationale.classifier.r1.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The servers that we know, and what they want or offer beyond the common part of the OpenAI protocol. Answers are read
 * in the same way from all of them: nothing here is needed to understand a response.
 */
public enum ServerProfile {
    VLLM(new LoadMetrics("metrics", "vllm:num_requests_running", "vllm:num_requests_waiting")),
    SGLANG(
            new LoadMetrics("metrics", "sglang:num_running_reqs", "sglang:num_queue_reqs"),
            // Both are defaults of the server's own API, which an operator may have turned.
            body -> body.put("separate_reasoning", true).put("stream_reasoning", true)),
    LLAMA_SERVER(
            new LoadMetrics("metrics", "llamacpp:requests_processing", "llamacpp:requests_deferred"),
            body -> body.put("cache_prompt", true)),
    OLLAMA(null),
    TGI(new LoadMetrics("metrics", "tgi_batch_current_size", "tgi_queue_size")),
    LMDEPLOY(new LoadMetrics("metrics", "lmdeploy:num_requests_running", "lmdeploy:num_requests_waiting")),
    TENSORRT_LLM(null),
    DEEPSEEK_API(null),
    OPENROUTER(null, body -> body.putObject("reasoning").put("enabled", true)),
    /** Anything else that speaks the protocol. */
    OPENAI(null);

    private final LoadMetrics loadMetrics;
    private final Consumer<ObjectNode> vendorFields;

    /**
     * Where a server says how much it has to do, in Prometheus' text format.
     *
     * @param path    below the server's root
     * @param running gauge of the requests that are worked on
     * @param waiting gauge of those that wait
     */
    public record LoadMetrics(String path, String running, String waiting) {}

    ServerProfile(LoadMetrics loadMetrics) {
        this(loadMetrics, body -> {});
    }

    ServerProfile(LoadMetrics loadMetrics, Consumer<ObjectNode> vendorFields) {
        this.loadMetrics = loadMetrics;
        this.vendorFields = vendorFields;
    }

    /** As it is written in the configuration, such as {@code llama-server}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Where it says how much it has to do. */
    public Optional<LoadMetrics> loadMetrics() {
        return Optional.ofNullable(loadMetrics);
    }

    /** Adds the fields that only this server knows to a request. */
    public void addVendorFields(ObjectNode body) {
        vendorFields.accept(body);
    }

    /**
     * The profile of that id; nothing for {@code auto}.
     *
     * @throws IllegalArgumentException with a sentence that names the ids, for any other
     */
    public static Optional<ServerProfile> configured(String id) {
        if (id.equals("auto")) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(values())
                .filter(profile -> profile.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "rationale.r1.profile is " + id + "; it can be auto or one of " + String.join(", ", ids()))));
    }

    private static List<String> ids() {
        return Arrays.stream(values()).map(ServerProfile::id).collect(Collectors.toList());
    }
}
