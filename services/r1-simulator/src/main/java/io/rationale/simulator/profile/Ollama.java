package io.rationale.simulator.profile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rationale.simulator.chat.Completion;
import io.rationale.simulator.chat.LongPrompts;
import io.rationale.simulator.chat.Refusal;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;

/** Ollama's OpenAI route: everything trimmed, long prompts cut without a word, no health and no metrics. */
final class Ollama extends Dialect {
    private static final Map<Integer, String> TYPES = Map.of(
            400, "invalid_request_error",
            404, "not_found_error");

    @Override
    public String server() {
        return "ollama";
    }

    @Override
    protected String ownedBy() {
        return "library";
    }

    @Override
    public Spoken spoken(Completion completion) {
        return new Spoken(completion.thought().strip(), completion.content().strip());
    }

    @Override
    protected void putThought(ObjectNode node, String thought) {
        node.put("reasoning", thought);
    }

    /** Without a thought the key is absent; without content it is an empty string. */
    @Override
    public ObjectNode message(Spoken spoken) {
        ObjectNode message = roleDelta().put("content", spoken.content());
        if (!spoken.thought().isEmpty()) {
            putThought(message, spoken.thought());
        }
        return message;
    }

    /** Every delta repeats the role and has a content. */
    @Override
    public ObjectNode delta(Spoken piece) {
        return message(piece);
    }

    @Override
    public ObjectNode lastDelta() {
        return roleDelta();
    }

    @Override
    public boolean sendsHeadersWhileQueued() {
        return false;
    }

    @Override
    public LongPrompts longPrompts() {
        return LongPrompts.CUT;
    }

    @Override
    public ErrorReply error(Refusal refusal) {
        return switch (refusal) {
            case Refusal.QueueFull full -> busy();
            case Refusal.Injected(int status) when status == 503 -> busy();
            case Refusal.UnknownModel(String model) ->
                error(404, "model \"" + model + "\" not found, try pulling it first");
            default -> error(OpenAiErrors.status(refusal), OpenAiErrors.message(refusal));
        };
    }

    private static ErrorReply busy() {
        return error(503, "server busy, please try again.  maximum pending requests exceeded");
    }

    private static ErrorReply error(int status, String message) {
        return new ErrorReply(
                status, OpenAiErrors.nested(message, TYPES.getOrDefault(status, "api_error"), null, null));
    }

    @Override
    public Page notFound() {
        return Page.text("404 page not found");
    }

    @Override
    public Map<String, Function<NodeView, Page>> pages() {
        return Map.of(
                "/",
                node -> Page.text("Ollama is running"),
                "/api/version",
                node -> Page.json(NODES.objectNode().put("version", "0.13.5+" + SIMULATOR)),
                "/api/tags",
                Ollama::tags);
    }

    private static Page tags(NodeView node) {
        ObjectNode root = NODES.objectNode();
        root.putArray("models")
                .addObject()
                .put("name", node.model())
                .put("model", node.model())
                .put("modified_at", Instant.ofEpochSecond(node.startedAt()).toString())
                .putObject("details")
                .put("family", SIMULATOR);
        return Page.json(root);
    }
}
