package io.rationale.simulator.profile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rationale.simulator.chat.Completion;
import io.rationale.simulator.chat.Refusal;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** DeepSeek's own API: both fields in every delta, usage always, and lines that keep the connection while it waits. */
final class DeepSeekApi extends Dialect {

    @Override
    public String server() {
        return "elb";
    }

    @Override
    protected String ownedBy() {
        return "deepseek";
    }

    @Override
    public Spoken spoken(Completion completion) {
        return new Spoken(completion.thought(), completion.content().strip());
    }

    @Override
    public ObjectNode message(Spoken spoken) {
        return NODES.objectNode()
                .put("role", "assistant")
                .put("content", spoken.content())
                .put("reasoning_content", spoken.thought());
    }

    @Override
    public ObjectNode roleDelta() {
        return NODES.objectNode().put("role", "assistant").putNull("content").put("reasoning_content", "");
    }

    @Override
    public ObjectNode delta(Spoken piece) {
        return NODES.objectNode()
                .put("content", orNull(piece.content()))
                .put("reasoning_content", orNull(piece.thought()));
    }

    @Override
    public ObjectNode lastDelta() {
        return NODES.objectNode().put("content", "").putNull("reasoning_content");
    }

    @Override
    public ObjectNode usage(Completion completion, int cachedTokens) {
        ObjectNode usage = putCachedTokens(super.usage(completion, cachedTokens), cachedTokens);
        return putReasoningTokens(usage, completion)
                .put("prompt_cache_hit_tokens", cachedTokens)
                .put("prompt_cache_miss_tokens", completion.promptTokens() - cachedTokens);
    }

    @Override
    public boolean alwaysTellsUsage() {
        return true;
    }

    @Override
    public Optional<KeepAlive> keepAlive() {
        return Optional.of(new KeepAlive(": keep-alive\n\n", "\n", 5_000));
    }

    @Override
    public ErrorReply error(Refusal refusal) {
        return switch (refusal) {
            case Refusal.BadRequest(String message) -> error(422, message, "invalid_request_error");
            case Refusal.Unauthorized unauthorized -> unauthorized();
            case Refusal.Injected(int status) when status == 402 -> error(402, "Insufficient Balance", "unknown_error");
            case Refusal.UnknownModel unknown -> error(400, "Model Not Exist", "invalid_request_error");
            default -> error(OpenAiErrors.status(refusal), OpenAiErrors.message(refusal), "invalid_request_error");
        };
    }

    private static ErrorReply unauthorized() {
        return error(401, "Authentication Fails (auth header format should be Bearer sk-...)", "authentication_error");
    }

    /** The code is a word here and no number. */
    private static ErrorReply error(int status, String message, String type) {
        String code = status < 500 ? "invalid_request_error" : "service_unavailable_error";
        return new ErrorReply(status, OpenAiErrors.nested(message, status < 500 ? type : code, null, code));
    }

    @Override
    public Map<String, Function<NodeView, Page>> pages() {
        return Map.of();
    }
}
