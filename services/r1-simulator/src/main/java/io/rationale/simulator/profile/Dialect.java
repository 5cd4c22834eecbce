package io.rationale.simulator.profile;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rationale.simulator.chat.Completion;
import io.rationale.simulator.chat.LongPrompts;
import io.rationale.simulator.chat.Refusal;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What one kind of server puts on the wire. What is written here holds for most of them; each server says where it
 * differs. Without state, so shared by all nodes.
 */
public abstract class Dialect {
    /** Stands in every response, so that nobody takes the simulator for the real server. */
    public static final String SIMULATOR = "rationale-r1-simulator";

    static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /**
     * What a server sends while it has nothing to say.
     *
     * @param streamed    in a stream
     * @param whole       before a body
     * @param everyMillis of a real server's time
     */
    public record KeepAlive(String streamed, String whole, long everyMillis) {}

    /** The name of the real server's {@code Server} header. */
    public abstract String server();

    /** The owner that the list of models names. */
    protected abstract String ownedBy();

    /** What it answers instead of a completion. */
    public abstract ErrorReply error(Refusal refusal);

    /** The routes beside chat and models, each with what it shows. */
    public abstract Map<String, Function<NodeView, Page>> pages();

    /** The thought and the answer as they stand in their fields. */
    public Spoken spoken(Completion completion) {
        return new Spoken(completion.thought(), completion.content());
    }

    /** Puts a thought, or a piece of one, into a message or delta. */
    protected void putThought(ObjectNode node, String thought) {
        node.put("reasoning_content", thought);
    }

    /** The message of a whole response; an empty text is null. */
    public ObjectNode message(Spoken spoken) {
        ObjectNode message = NODES.objectNode().put("role", "assistant").put("content", orNull(spoken.content()));
        putThought(message, orNull(spoken.thought()));
        return message;
    }

    /** The first delta of a stream. */
    public ObjectNode roleDelta() {
        return NODES.objectNode().put("role", "assistant").put("content", "");
    }

    /** A piece of the thought, of the content, or of both where one ends and the other begins; never of neither. */
    public ObjectNode delta(Spoken piece) {
        ObjectNode delta = NODES.objectNode();
        if (!piece.thought().isEmpty()) {
            putThought(delta, piece.thought());
        }
        if (!piece.content().isEmpty()) {
            delta.put("content", piece.content());
        }
        return delta;
    }

    /** The last delta of a stream, the one with the finish reason. */
    public ObjectNode lastDelta() {
        return NODES.objectNode();
    }

    /** Whether a delta may hold the end of the thought and the beginning of the content. */
    public boolean mayJoinFields() {
        return false;
    }

    /** The tokens of a whole response or of a stream's last chunk. */
    public ObjectNode usage(Completion completion, int cachedTokens) {
        return NODES.objectNode()
                .put("prompt_tokens", completion.promptTokens())
                .put("completion_tokens", completion.completionTokens())
                .put("total_tokens", completion.promptTokens() + completion.completionTokens());
    }

    /** Adds what stands beside the usage, such as timings, to a whole response or a stream's last chunk. */
    public void putExtras(ObjectNode root, Completion completion, int cachedTokens) {}

    /** Whether a stream ends with the usage though nobody asked for it; it stands in the chunk that finishes then. */
    public boolean alwaysTellsUsage() {
        return false;
    }

    /** Whether the headers of a stream leave before the request has a slot. */
    public boolean sendsHeadersWhileQueued() {
        return true;
    }

    /** Whether the slot is freed at once when the client of a response that is no stream goes. */
    public boolean noticesGoneClient() {
        return true;
    }

    /** Whether the name of the model is compared with what is served. */
    public boolean checksModel() {
        return true;
    }

    public LongPrompts longPrompts() {
        return LongPrompts.REFUSED_WITH_OUTPUT;
    }

    public Optional<KeepAlive> keepAlive() {
        return Optional.empty();
    }

    /** The list of the one model. */
    public ObjectNode models(NodeView node) {
        ObjectNode root = NODES.objectNode().put("object", "list");
        ObjectNode model = root.putArray("data")
                .addObject()
                .put("id", node.model())
                .put("object", "model")
                .put("created", node.startedAt())
                .put("owned_by", ownedBy());
        putModel(model, node);
        return root;
    }

    /** Adds what the server tells about its model. */
    protected void putModel(ObjectNode model, NodeView node) {}

    /** What it says to a path that it does not know. */
    public Page notFound() {
        return Page.json(NODES.objectNode().put("detail", "Not Found"));
    }

    static String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    static ObjectNode putReasoningTokens(ObjectNode usage, Completion completion) {
        usage.putObject("completion_tokens_details").put("reasoning_tokens", completion.reasoningTokens());
        return usage;
    }

    static ObjectNode putCachedTokens(ObjectNode usage, int cachedTokens) {
        usage.putObject("prompt_tokens_details").put("cached_tokens", cachedTokens);
        return usage;
    }
}
