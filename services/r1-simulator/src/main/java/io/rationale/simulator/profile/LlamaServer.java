package io.rationale.simulator.profile;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rationale.simulator.chat.Completion;
import io.rationale.simulator.chat.LongPrompts;
import io.rationale.simulator.chat.Refusal;
import io.rationale.simulator.chat.Refusal.PromptTooLong;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** llama.cpp's server: silent while a request waits, timings instead of details, and 500 for a body that is no JSON. */
final class LlamaServer extends Dialect {
    private static final Map<Integer, String> TYPES = Map.of(
            400, "invalid_request_error",
            401, "authentication_error",
            404, "not_found_error",
            413, "invalid_request_error",
            500, "server_error",
            503, "unavailable_error");

    @Override
    public String server() {
        return "llama.cpp";
    }

    @Override
    protected String ownedBy() {
        return "llamacpp";
    }

    @Override
    public Spoken spoken(Completion completion) {
        String thought = completion.thought().isEmpty() ? "" : "\n" + completion.thought();
        return new Spoken(thought, completion.content().stripLeading());
    }

    /** Without a thought the key is absent; without content it is an empty string. */
    @Override
    public ObjectNode message(Spoken spoken) {
        ObjectNode message = NODES.objectNode().put("role", "assistant").put("content", spoken.content());
        if (!spoken.thought().isEmpty()) {
            putThought(message, spoken.thought());
        }
        return message;
    }

    @Override
    public ObjectNode roleDelta() {
        return NODES.objectNode().put("role", "assistant").putNull("content");
    }

    @Override
    public void putExtras(ObjectNode root, Completion completion, int cachedTokens) {
        root.putObject("timings")
                .put("cache_n", cachedTokens)
                .put("prompt_n", completion.promptTokens() - cachedTokens)
                .put("predicted_n", completion.completionTokens());
    }

    @Override
    public boolean sendsHeadersWhileQueued() {
        return false;
    }

    @Override
    public boolean noticesGoneClient() {
        return false;
    }

    @Override
    public boolean checksModel() {
        return false;
    }

    @Override
    public LongPrompts longPrompts() {
        return LongPrompts.REFUSED;
    }

    @Override
    public Optional<KeepAlive> keepAlive() {
        return Optional.of(new KeepAlive(":\n\n", "", 30_000));
    }

    @Override
    protected void putModel(ObjectNode model, NodeView node) {
        model.putObject("meta").put("n_ctx_train", node.context());
    }

    @Override
    public ErrorReply error(Refusal refusal) {
        return switch (refusal) {
            case Refusal.MalformedJson malformed ->
                error(500, "[json.exception.parse_error.101] parse error: " + malformed.reason());
            case PromptTooLong tooLong -> tooLong(tooLong);
            case Refusal.Unauthorized unauthorized -> error(401, "Invalid API Key");
            case Refusal.QueueFull full -> error(503, "The queue is full");
            case Refusal.Injected(int status) when status == 503 -> error(503, "Loading model");
            default -> error(OpenAiErrors.status(refusal), OpenAiErrors.message(refusal));
        };
    }

    private static ErrorReply tooLong(PromptTooLong refusal) {
        ObjectNode root = NODES.objectNode();
        root.putObject("error")
                .put("code", 400)
                .put(
                        "message",
                        "request (" + refusal.promptTokens() + " tokens) exceeds the available context size ("
                                + refusal.contextTokens() + " tokens), try increasing it")
                .put("type", "exceed_context_size_error")
                .put("n_prompt_tokens", refusal.promptTokens())
                .put("n_ctx", refusal.contextTokens());
        return new ErrorReply(400, root);
    }

    private static ErrorReply error(int status, String message) {
        ObjectNode root = NODES.objectNode();
        root.putObject("error")
                .put("code", status)
                .put("message", message)
                .put("type", TYPES.getOrDefault(status, "server_error"));
        return new ErrorReply(status, root);
    }

    @Override
    public Page notFound() {
        return Page.json(error(404, "File Not Found").body());
    }

    @Override
    public Map<String, Function<NodeView, Page>> pages() {
        return Map.of(
                "/health", node -> Page.json(NODES.objectNode().put("status", "ok")),
                "/props", LlamaServer::props,
                "/slots", LlamaServer::slots,
                "/metrics", LlamaServer::metrics);
    }

    private static Page props(NodeView node) {
        ObjectNode root = NODES.objectNode();
        root.putObject("default_generation_settings").put("n_ctx", node.context());
        return Page.json(root.put("total_slots", node.slots())
                .put("model_path", node.model())
                .put("build_info", SIMULATOR));
    }

    private static Page slots(NodeView node) {
        ArrayNode slots = NODES.arrayNode();
        for (int id = 0; id < node.slots(); id++) {
            slots.addObject()
                    .put("id", id)
                    .put("n_ctx", node.context())
                    .put("is_processing", id < node.stats().busy());
        }
        return Page.json(slots);
    }

    private static Page metrics(NodeView node) {
        return new Metrics("")
                .gauge(
                        "llamacpp:requests_processing",
                        "Number of requests processing.",
                        node.stats().busy())
                .gauge(
                        "llamacpp:requests_deferred",
                        "Number of requests deferred.",
                        node.stats().waiting())
                .counter(
                        "llamacpp:prompt_tokens_total",
                        "Number of prompt tokens processed.",
                        node.stats().promptTokens())
                .counter(
                        "llamacpp:tokens_predicted_total",
                        "Number of generation tokens processed.",
                        node.stats().reasoningTokens() + node.stats().answerTokens())
                .page();
    }
}
