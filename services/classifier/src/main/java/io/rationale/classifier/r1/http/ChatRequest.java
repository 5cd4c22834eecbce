package io.rationale.classifier.r1.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rationale.classifier.r1.server.RequestForm;
import io.rationale.classifier.r1.server.ServerFacts;
import io.rationale.core.json.AlikeStrings;
import io.rationale.core.json.Bytes;
import io.rationale.core.json.Json;
import io.rationale.core.r1.ModelProfile;
import io.rationale.core.r1.Prompt;
import io.rationale.core.r1.Sampling;
import java.io.IOException;
import java.util.Map;

/**
 * A request as one server takes it.
 *
 * @param body     to be sent
 * @param sampling as it stands in the body
 */
record ChatRequest(Bytes body, Sampling sampling) {
    /** Tokenizers differ from our estimate; too long a wish would be refused. */
    private static final double ESTIMATE_MARGIN = 1.2;

    private static final int LEAST_TOKENS = 256;

    /**
     * @param schema of the answer, or null
     * @param limit  most tokens of thought and answer
     * @param texts  of the messages that were sent to this server before
     */
    static ChatRequest of(
            ServerFacts facts, CallSettings settings, Prompt prompt, JsonNode schema, int limit, AlikeStrings texts) {
        ModelProfile profile = facts.modelProfile();
        Sampling sampling = new Sampling(
                settings.temperature().orElse(profile.temperature()),
                settings.topP().orElse(profile.topP()),
                Math.min(limit, room(facts, settings, prompt)),
                settings.seed());
        boolean systemPrompt = settings.systemPrompt().orElse(profile.systemPrompt());
        ObjectNode fields = fields(facts, settings, sampling, schema);
        Bytes body = Json.written(json -> {
            json.writeStartObject();
            json.writeStringField("model", facts.model());
            json.writeArrayFieldStart("messages");
            messages(json, texts, prompt, systemPrompt);
            json.writeEndArray();
            for (Map.Entry<String, JsonNode> field : fields.properties()) {
                json.writeFieldName(field.getKey());
                json.writeTree(field.getValue());
            }
            json.writeEndObject();
        });
        return new ChatRequest(body, sampling);
    }

    /** All but the model and the messages. */
    private static ObjectNode fields(ServerFacts facts, CallSettings settings, Sampling sampling, JsonNode schema) {
        ObjectNode fields = Json.mapper().createObjectNode();
        if (facts.form() == RequestForm.COMPLETION_TOKENS) {
            fields.put("max_completion_tokens", sampling.maxTokens());
        } else {
            fields.put("temperature", sampling.temperature())
                    .put("top_p", sampling.topP())
                    .put("max_tokens", sampling.maxTokens());
        }
        if (sampling.seed() != null) {
            fields.put("seed", sampling.seed());
        }
        if (schema != null && facts.structuredOutput()) {
            responseFormat(fields, schema);
        }
        fields.put("stream", settings.stream());
        if (facts.form() == RequestForm.FULL) {
            facts.profile().addVendorFields(fields);
            if (settings.stream()) {
                fields.putObject("stream_options").put("include_usage", true);
            }
        }
        return fields;
    }

    /** Tokens of thought and answer, as configured or by the model's profile. */
    static int maxTokens(ServerFacts facts, CallSettings settings) {
        return settings.maxTokens().orElse(facts.modelProfile().maxTokens());
    }

    /** Tokens of the context, as configured, as the server says, or by the model's profile. */
    static int contextTokens(ServerFacts facts, CallSettings settings) {
        return settings.contextTokens()
                .orElse(facts.contextTokens().orElse(facts.modelProfile().contextTokens()));
    }

    /** What the context leaves for thought and answer; a prompt that leaves nothing is the server's to refuse. */
    private static int room(ServerFacts facts, CallSettings settings, Prompt prompt) {
        int room = contextTokens(facts, settings) - (int) Math.ceil(prompt.tokens() * ESTIMATE_MARGIN);
        return Math.max(LEAST_TOKENS, room);
    }

    private static void messages(JsonGenerator json, AlikeStrings texts, Prompt prompt, boolean systemPrompt)
            throws IOException {
        if (systemPrompt && !prompt.instructions().isEmpty()) {
            message(json, "system");
            texts.write(prompt.instructions(), json);
            json.writeEndObject();
            message(json, "user");
            json.writeString(prompt.notes());
        } else {
            message(json, "user");
            texts.write(prompt.text(), json);
        }
        json.writeEndObject();
    }

    private static void message(JsonGenerator json, String role) throws IOException {
        json.writeStartObject();
        json.writeStringField("role", role);
        json.writeFieldName("content");
    }

    private static void responseFormat(ObjectNode body, JsonNode schema) {
        body.putObject("response_format")
                .put("type", "json_schema")
                .putObject("json_schema")
                .put("name", "verdicts")
                .put("strict", true)
                .set("schema", schema);
    }
}
