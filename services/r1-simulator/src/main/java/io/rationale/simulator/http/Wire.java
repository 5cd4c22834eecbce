package io.rationale.simulator.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rationale.simulator.chat.ChatModel;
import io.rationale.simulator.chat.Completion;
import io.rationale.simulator.chat.Refusal;

/** The JSON of vLLM 0.16 with a reasoning parser, which sends the thought under its new and its old name. */
final class Wire {
    static final String SIMULATOR = "rationale-r1-simulator";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Wire() {}

    static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static ObjectNode completion(String id, long created, String model, Completion completion, int cachedTokens) {
        ObjectNode root = envelope("chat.completion", id, created, model);
        ObjectNode choice = root.putArray("choices").addObject().put("index", 0);
        ObjectNode message = choice.putObject("message").put("role", "assistant");
        message.put("content", completion.content().isEmpty() ? null : completion.content());
        reasoning(message, completion.thought());
        choice.put("finish_reason", completion.finishReason());
        root.set("usage", usage(completion, cachedTokens));
        return root;
    }

    /** A chunk of a stream with one choice; the finish reason is null but for the last. */
    static ObjectNode chunk(String id, long created, String model, ObjectNode delta, String finishReason) {
        ObjectNode root = envelope("chat.completion.chunk", id, created, model);
        ObjectNode choice = root.putArray("choices").addObject().put("index", 0);
        choice.set("delta", delta);
        choice.put("finish_reason", finishReason);
        return root;
    }

    static ObjectNode usageChunk(String id, long created, String model, Completion completion, int cachedTokens) {
        ObjectNode root = envelope("chat.completion.chunk", id, created, model);
        root.putArray("choices");
        root.set("usage", usage(completion, cachedTokens));
        return root;
    }

    static ObjectNode roleDelta() {
        return NODES.objectNode().put("role", "assistant").put("content", "");
    }

    static ObjectNode reasoningDelta(String thought) {
        return reasoning(NODES.objectNode(), thought);
    }

    static ObjectNode contentDelta(String content) {
        return NODES.objectNode().put("content", content);
    }

    static ObjectNode emptyDelta() {
        return NODES.objectNode();
    }

    static ObjectNode models(String model) {
        ObjectNode root = NODES.objectNode().put("object", "list");
        root.putArray("data")
                .addObject()
                .put("id", model)
                .put("object", "model")
                .put("owned_by", SIMULATOR)
                .put("root", model)
                .put("max_model_len", ChatModel.CONTEXT_TOKENS);
        return root;
    }

    static ObjectNode version() {
        return NODES.objectNode().put("version", "0.16.0+" + SIMULATOR);
    }

    /** What the web framework under vLLM answers for a path or method that it does not know. */
    static ObjectNode detail(String text) {
        return NODES.objectNode().put("detail", text);
    }

    static ObjectNode error(Refusal refusal) {
        ObjectNode root = NODES.objectNode();
        root.putObject("error")
                .put("message", refusal.message())
                .put("type", refusal.type())
                .put("param", refusal.param().orElse(null))
                .put("code", refusal.status());
        return root;
    }

    private static ObjectNode envelope(String object, String id, long created, String model) {
        return NODES.objectNode()
                .put("id", id)
                .put("object", object)
                .put("created", created)
                .put("model", model)
                .put("system_fingerprint", SIMULATOR);
    }

    private static ObjectNode reasoning(ObjectNode node, String thought) {
        return node.put("reasoning", thought).put("reasoning_content", thought);
    }

    private static ObjectNode usage(Completion completion, int cachedTokens) {
        ObjectNode usage = NODES.objectNode()
                .put("prompt_tokens", completion.promptTokens())
                .put("completion_tokens", completion.completionTokens())
                .put("total_tokens", completion.promptTokens() + completion.completionTokens());
        usage.putObject("completion_tokens_details").put("reasoning_tokens", completion.reasoningTokens());
        usage.putObject("prompt_tokens_details").put("cached_tokens", cachedTokens);
        return usage;
    }
}
