package io.rationale.simulator.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads an OpenAI chat completion request; fields that the simulator has no use for are accepted. */
final class ChatRequestReader {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private ChatRequestReader() {}

    static ChatRequest read(byte[] body) throws RefusedException {
        JsonNode root = parse(body);
        JsonNode messages = root.path("messages");
        if (!messages.isArray() || messages.isEmpty()) {
            throw new RefusedException(
                    new Refusal.BadRequest("'messages' must be an array with at least one message."));
        }
        return new ChatRequest(
                root.path("model").asText(""),
                elements(messages).flatMap(ChatRequestReader::texts).collect(Collectors.joining("\n")),
                maxTokens(root),
                root.path("stream").asBoolean(false),
                root.path("stream_options").path("include_usage").asBoolean(false));
    }

    private static JsonNode parse(byte[] body) throws RefusedException {
        try {
            JsonNode root = JSON.readTree(body);
            if (root.isObject()) {
                return root;
            }
            throw new RefusedException(new Refusal.BadRequest("The request body must be a JSON object."));
        } catch (IOException e) {
            String reason = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
            throw new RefusedException(new Refusal.MalformedJson(reason));
        }
    }

    private static OptionalInt maxTokens(JsonNode root) throws RefusedException {
        for (String field : new String[] {"max_completion_tokens", "max_tokens"}) {
            JsonNode value = root.path(field);
            if (!value.isMissingNode() && !value.isNull()) {
                if (!value.canConvertToInt() || value.intValue() < 1) {
                    throw new RefusedException(
                            new Refusal.BadRequest(field + " must be at least 1, got " + value + "."));
                }
                return OptionalInt.of(value.intValue());
            }
        }
        return OptionalInt.empty();
    }

    /** Content is a string, or an array of parts of which the text counts. */
    private static Stream<String> texts(JsonNode message) {
        JsonNode content = message.path("content");
        return content.isArray()
                ? elements(content).map(part -> part.path("text").asText(""))
                : Stream.of(content.isTextual() ? content.textValue() : "");
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
