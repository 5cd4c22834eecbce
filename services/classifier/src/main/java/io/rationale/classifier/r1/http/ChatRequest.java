package io.rationale.classifier.r1.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rationale.classifier.r1.server.RequestForm;
import io.rationale.classifier.r1.server.ServerFacts;
import io.rationale.core.json.Bytes;
import io.rationale.core.json.Json;
import io.rationale.core.json.JsonBuffer;
import io.rationale.core.r1.ModelProfile;
import io.rationale.core.r1.Prompt;
import io.rationale.core.r1.Sampling;

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

    /** The model's name and what messages have beside their contents. */
    private static final int MARGIN = 512;

    /**
     * @param schema of the answer, or null
     * @param limit  most tokens of thought and answer
     * @param known  instructions that were sent before
     */
    static ChatRequest of(
            ServerFacts facts, CallSettings settings, Prompt prompt, JsonNode schema, int limit, Instructions known) {
        ModelProfile profile = facts.modelProfile();
        Sampling sampling = new Sampling(
                settings.temperature().orElse(profile.temperature()),
                settings.topP().orElse(profile.topP()),
                Math.min(limit, room(facts, settings, prompt)),
                settings.seed());
        boolean systemPrompt = settings.systemPrompt().orElse(profile.systemPrompt());
        byte[] fields = Json.bytes(fields(facts, settings, sampling, schema));
        byte[] instructions = known.inside(prompt.instructions());
        Bytes notes = Bytes.utf8(prompt.notes());
        JsonBuffer json = new JsonBuffer(instructions.length + 2 * notes.size() + fields.length + MARGIN);
        json.append("{\"model\":").append(Json.bytes(facts.model())).append(",\"messages\":[");
        if (systemPrompt && instructions.length > 0) {
            begin(json, "system").append(instructions).append("\"},");
            begin(json, "user").appendInside(notes).append("\"}],");
        } else {
            begin(json, "user").append(instructions).appendInside(notes).append("\"}],");
        }
        // They begin with a brace of their own.
        json.append(fields, 1, fields.length);
        return new ChatRequest(json.written(), sampling);
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

    /** A message up to its content's first character. */
    private static JsonBuffer begin(JsonBuffer json, String role) {
        return json.append("{\"role\":\"" + role + "\",\"content\":\"");
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
