package io.rationale.simulator.profile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rationale.simulator.chat.Completion;
import io.rationale.simulator.chat.Refusal;
import io.rationale.simulator.chat.Refusal.PromptTooLong;
import java.util.Map;
import java.util.function.Function;

/** SGLang with a reasoning parser: thought and answer stripped, every field in every delta, errors without nesting. */
final class Sglang extends Dialect {

    @Override
    public String server() {
        return "uvicorn";
    }

    @Override
    protected String ownedBy() {
        return "sglang";
    }

    @Override
    public Spoken spoken(Completion completion) {
        return new Spoken(completion.thought().strip(), completion.content().strip());
    }

    @Override
    public ObjectNode message(Spoken spoken) {
        return super.message(spoken).putNull("tool_calls");
    }

    @Override
    public ObjectNode roleDelta() {
        return fields("assistant", "", null);
    }

    @Override
    public ObjectNode delta(Spoken piece) {
        return fields(null, orNull(piece.content()), orNull(piece.thought()));
    }

    @Override
    public ObjectNode lastDelta() {
        return fields(null, null, null);
    }

    private static ObjectNode fields(String role, String content, String thought) {
        return NODES.objectNode()
                .put("role", role)
                .put("content", content)
                .put("reasoning_content", thought)
                .putNull("tool_calls");
    }

    @Override
    public ObjectNode usage(Completion completion, int cachedTokens) {
        return putCachedTokens(super.usage(completion, cachedTokens), cachedTokens)
                .put("reasoning_tokens", completion.reasoningTokens());
    }

    @Override
    public boolean checksModel() {
        return false;
    }

    @Override
    protected void putModel(ObjectNode model, NodeView node) {
        model.put("root", node.model()).put("max_model_len", node.context());
    }

    @Override
    public ErrorReply error(Refusal refusal) {
        return switch (refusal) {
            case Refusal.Unauthorized unauthorized ->
                new ErrorReply(401, NODES.objectNode().put("error", "Unauthorized"));
            case Refusal.QueueFull full -> OpenAiErrors.flat(503, "The request queue is full.");
            case PromptTooLong tooLong -> OpenAiErrors.flat(400, tooLong(tooLong));
            default -> OpenAiErrors.flat(OpenAiErrors.status(refusal), OpenAiErrors.message(refusal));
        };
    }

    private static String tooLong(PromptTooLong refusal) {
        return refusal.promptTokens() >= refusal.contextTokens()
                ? "The input (" + refusal.promptTokens() + " tokens) is longer than the model's context length ("
                        + refusal.contextTokens() + " tokens)."
                : "Requested token count exceeds the model's maximum context length of " + refusal.contextTokens()
                        + " tokens. You requested a total of " + (refusal.promptTokens() + refusal.outputTokens())
                        + " tokens: " + refusal.promptTokens() + " tokens from the input messages and "
                        + refusal.outputTokens() + " tokens for the completion. Please reduce the number of tokens in"
                        + " the input messages or the completion to fit within the limit.";
    }

    @Override
    public Map<String, Function<NodeView, Page>> pages() {
        return Map.of(
                "/health", node -> Page.empty(),
                "/health_generate", node -> Page.empty(),
                "/get_model_info", Sglang::modelInfo,
                "/get_server_info", Sglang::serverInfo,
                "/metrics", Sglang::metrics);
    }

    private static Page modelInfo(NodeView node) {
        return Page.json(NODES.objectNode()
                .put("model_path", node.model())
                .put("tokenizer_path", node.model())
                .put("is_generation", true));
    }

    private static Page serverInfo(NodeView node) {
        return Page.json(NODES.objectNode()
                .put("model_path", node.model())
                .put("served_model_name", node.model())
                .put("context_length", node.context())
                .put("reasoning_parser", "deepseek-r1")
                .put("max_running_requests", node.slots())
                .put("version", "0.5.6+" + SIMULATOR));
    }

    private static Page metrics(NodeView node) {
        return new Metrics("model_name=\"" + node.model() + "\"")
                .gauge(
                        "sglang:num_running_reqs",
                        "The number of running requests.",
                        node.stats().busy())
                .gauge(
                        "sglang:num_queue_reqs",
                        "The number of requests in the waiting queue.",
                        node.stats().waiting())
                .gauge(
                        "sglang:token_usage",
                        "The token usage.",
                        (double) node.stats().busy() / node.slots())
                .page();
    }
}
