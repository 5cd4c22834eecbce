package io.rationale.core.r1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.rationale.core.r1.Outcomes.Ending;
import io.rationale.core.r1.ThinkTags.Parts;

/**
 * What a server has said of one generation, in one body or in chunks. Of several choices only the first (index 0) is
 * read: one is asked for.
 */
final class Transcript {
    private final StringBuilder reasoning = new StringBuilder();
    private final StringBuilder content = new StringBuilder();
    private final UsageReader usage = new UsageReader();
    private boolean streamed;
    private boolean chosen;
    private String model;
    private String finish;
    private JsonNode error;

    /** Reads a body or a chunk; whatever is not of the expected shape counts as absent. */
    void take(JsonNode chunk) {
        if (chunk.path("model").isTextual()) {
            model = chunk.path("model").textValue();
        }
        usage.take(chunk);
        JsonNode choice = choice(chunk);
        chosen |= choice.isObject();
        append(choice);
        if (choice.path("finish_reason").isTextual()) {
            finish = choice.path("finish_reason").textValue();
        } else if (chunk.path("done").asBoolean(false)) {
            finish = chunk.path("done_reason").asText("stop");
        }
        if (error == null && ServerErrors.isError(chunk)) {
            error = chunk;
        }
    }

    /** The words of an event like one that was read before. */
    void take(DeltaTemplates.Words words) {
        (words.isThought() ? reasoning : content).append(words.text());
    }

    /** The server names an error beside the completion. */
    void fail(JsonNode event) {
        error = error == null ? event : error;
    }

    StringBuilder reasoning() {
        return reasoning;
    }

    StringBuilder content() {
        return content;
    }

    String model() {
        return model;
    }

    /** The error that came in place of the rest, or null. */
    JsonNode error() {
        return error;
    }

    /** Whether anything of a completion has come. */
    boolean chosen() {
        return chosen;
    }

    /** Whether the server has said how the generation ended. */
    boolean finished() {
        return finish != null;
    }

    /** How it ended, as far as anybody said. */
    Ending ending() {
        return finish == null ? Ending.STOPPED : Ending.of(finish);
    }

    /**
     * Thought and answer.
     *
     * @param cut whether the generation did not come to its own end
     */
    Parts parts(boolean cut) {
        return ThinkTags.divide(reasoning.toString(), content.toString(), cut);
    }

    Usage usage(Parts parts) {
        return usage.usage(parts);
    }

    /** Ollama's own API has no choices; the message stands beside the counts. */
    private static JsonNode choice(JsonNode chunk) {
        if (!chunk.has("choices")) {
            return chunk.path("message").isObject() ? chunk : MissingNode.getInstance();
        }
        for (JsonNode choice : chunk.path("choices")) {
            if (choice.path("index").asInt(0) == 0) {
                return choice;
            }
        }
        return MissingNode.getInstance();
    }

    private void append(JsonNode choice) {
        JsonNode delta = choice.path("delta");
        String thought = MessageFields.reasoning(delta);
        String answer = MessageFields.content(delta);
        streamed |= !thought.isEmpty() || !answer.isEmpty();
        reasoning.append(thought);
        content.append(answer);
        appendWhole(choice.path("message"));
        if (choice.path("text").isTextual()) {
            content.append(choice.path("text").textValue());
        }
    }

    /** After deltas, a message repeats all of them; it counts only for what they left out. */
    private void appendWhole(JsonNode message) {
        String thought = MessageFields.reasoning(message);
        String answer = MessageFields.content(message);
        if (!streamed) {
            reasoning.append(thought);
            content.append(answer);
        } else {
            complete(reasoning, thought, content);
            complete(content, answer, reasoning);
        }
    }

    private static void complete(StringBuilder text, String whole, StringBuilder other) {
        // Almost always, and then the text is not to be copied for each chunk.
        if (whole.length() <= text.length()) {
            return;
        }
        boolean elsewhere = text.isEmpty() && other.indexOf(whole.strip()) >= 0;
        if (!elsewhere && whole.startsWith(text.toString())) {
            text.append(whole, text.length(), whole.length());
        }
    }
}
