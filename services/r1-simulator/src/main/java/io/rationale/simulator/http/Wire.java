package io.rationale.simulator.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rationale.simulator.chat.Completion;
import io.rationale.simulator.profile.Dialect;
import io.rationale.simulator.profile.Spoken;

/**
 * The JSON of one completion in the dialect of its server.
 *
 * @param created      seconds since 1970
 * @param cachedTokens the part of the prompt that the prefix cache had
 */
record Wire(Dialect dialect, String id, long created, String model, Completion completion, int cachedTokens) {

    /** The whole response. */
    ObjectNode whole() {
        ObjectNode root = envelope("chat.completion");
        ObjectNode choice = root.putArray("choices").addObject().put("index", 0);
        choice.set("message", dialect.message(dialect.spoken(completion)));
        choice.putNull("logprobs").put("finish_reason", completion.finishReason());
        root.set("usage", usage());
        dialect.putExtras(root, completion, cachedTokens);
        return root;
    }

    /** The first chunk of a stream. */
    ObjectNode first() {
        return chunk(dialect.roleDelta(), null);
    }

    ObjectNode piece(Spoken piece) {
        return chunk(dialect.delta(piece), null);
    }

    /** The chunk with the finish reason. */
    ObjectNode last() {
        ObjectNode root = chunk(dialect.lastDelta(), completion.finishReason());
        if (dialect.alwaysTellsUsage()) {
            root.set("usage", usage());
        }
        dialect.putExtras(root, completion, cachedTokens);
        return root;
    }

    /** The chunk without choices that some clients ask for. */
    ObjectNode usageChunk() {
        ObjectNode root = envelope("chat.completion.chunk");
        root.putArray("choices");
        root.set("usage", usage());
        dialect.putExtras(root, completion, cachedTokens);
        return root;
    }

    private ObjectNode chunk(ObjectNode delta, String finishReason) {
        ObjectNode root = envelope("chat.completion.chunk");
        ObjectNode choice = root.putArray("choices").addObject().put("index", 0);
        choice.set("delta", delta);
        choice.putNull("logprobs").put("finish_reason", finishReason);
        return root;
    }

    private ObjectNode usage() {
        return dialect.usage(completion, cachedTokens);
    }

    private ObjectNode envelope(String object) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("object", object)
                .put("created", created)
                .put("model", model)
                .put("system_fingerprint", Dialect.SIMULATOR);
    }
}
