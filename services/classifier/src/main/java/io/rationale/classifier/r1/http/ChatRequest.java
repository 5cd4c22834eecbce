package io.rationale.classifier.r1.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rationale.classifier.r1.server.RequestForm;
import io.rationale.classifier.r1.server.ServerFacts;
import io.rationale.core.json.Bytes;
import io.rationale.core.json.Json;
import io.rationale.core.prompt.TokenEstimate;
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

    /**
     * @param schema of the answer, or null
     * @param limit  most tokens of thought and answer
     */
    static ChatRequest of(ServerFacts facts, CallSettings settings, Prompt prompt, JsonNode schema, int limit) {
        ModelProfile profile = facts.modelProfile();
        Sampling sampling = new Sampling(
                settings.temperature().orElse(profile.temperature()),
                settings.topP().orElse(profile.topP()),
                Math.min(limit, room(facts, settings, prompt)),
                settings.seed());
        ObjectNode body = Json.mapper().createObjectNode().put("model", facts.model());
        messages(body.putArray("messages"), prompt, settings.systemPrompt().orElse(profile.systemPrompt()));
        if (facts.form() == RequestForm.COMPLETION_TOKENS) {
            body.put("max_completion_tokens", sampling.maxTokens());
        } else {
            body.put("temperature", sampling.temperature())
                    .put("top_p", sampling.topP())
                    .put("max_tokens", sampling.maxTokens());
        }
        if (sampling.seed() != null) {
            body.put("seed", sampling.seed());
        }
        if (schema != null && facts.structuredOutput()) {
            responseFormat(body, schema);
        }
        body.put("stream", settings.stream());
        if (facts.form() == RequestForm.FULL) {
            facts.profile().addVendorFields(body);
            if (settings.stream()) {
                body.putObject("stream_options").put("include_usage", true);
            }
        }
        return new ChatRequest(Bytes.of(Json.bytes(body)), sampling);
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
        int promptTokens = TokenEstimate.of(prompt.instructions()) + TokenEstimate.of(prompt.notes());
        int room = contextTokens(facts, settings) - (int) Math.ceil(promptTokens * ESTIMATE_MARGIN);
        return Math.max(LEAST_TOKENS, room);
    }

    private static void messages(ArrayNode messages, Prompt prompt, boolean systemPrompt) {
        if (systemPrompt && !prompt.instructions().isEmpty()) {
            messages.addObject().put("role", "system").put("content", prompt.instructions());
            messages.addObject().put("role", "user").put("content", prompt.notes());
        } else {
            messages.addObject().put("role", "user").put("content", prompt.text());
        }
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
