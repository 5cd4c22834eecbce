package io.rationale.simulator.profile;

import java.util.Arrays;

/** The servers that the simulator can play. */
public enum ServerProfile {
    VLLM_OLD("vllm-old", "vLLM 0.11 with a reasoning parser: `reasoning_content`", new Vllm.Old()),
    VLLM("vllm", "vLLM 0.16 with a reasoning parser: `reasoning` and `reasoning_content`", new Vllm()),
    VLLM_RAW("vllm-raw", "vLLM without a parser: `thought</think>answer` in the content", new Vllm.Raw()),
    SGLANG("sglang", "SGLang: `reasoning_content`, stripped; flat errors", new Sglang()),
    LLAMA_SERVER(
            "llama-server", "llama.cpp: `reasoning_content`, `timings`, no headers while queued", new LlamaServer()),
    OLLAMA("ollama", "Ollama's OpenAI route: `reasoning`, trimmed; cuts long prompts silently", new Ollama()),
    TENSORRT_LLM("tensorrt-llm", "TensorRT-LLM: `reasoning_content` with a literal `<think>`", new TensorRtLlm()),
    DEEPSEEK_API("deepseek-api", "DeepSeek's own API: `reasoning_content`, keep-alive lines", new DeepSeekApi());

    private final String id;
    private final String description;
    private final Dialect dialect;

    ServerProfile(String id, String description, Dialect dialect) {
        this.id = id;
        this.description = description;
        this.dialect = dialect;
    }

    /** The name in options and documentation, such as {@code llama-server}. */
    public String id() {
        return id;
    }

    /** In one line of Markdown what tells it from the others. */
    public String description() {
        return description;
    }

    /** What it puts on the wire. */
    public Dialect dialect() {
        return dialect;
    }

    /**
     * The profile of that name.
     *
     * @throws IllegalArgumentException with a sentence that lists the names
     */
    public static ServerProfile named(String id) {
        return Arrays.stream(values())
                .filter(profile -> profile.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no profile \"" + id
                        + "\"; the profiles are "
                        + String.join(
                                ", ",
                                Arrays.stream(values()).map(ServerProfile::id).toList()) + "."));
    }

    @Override
    public String toString() {
        return id;
    }
}
