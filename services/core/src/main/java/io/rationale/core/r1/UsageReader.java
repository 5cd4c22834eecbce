package io.rationale.core.r1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.stream.DoubleStream;

/** What servers say of tokens, in any of their forms and in any chunk; counts are cumulative, so the last ones hold. */
final class UsageReader {
    /** A server that counts more than that counts wrongly. */
    private static final double MOST = 1e9;

    private JsonNode usage = MissingNode.getInstance();
    private JsonNode timings = MissingNode.getInstance();
    /** Ollama's own API counts beside the message. */
    private JsonNode counts = MissingNode.getInstance();

    void take(JsonNode chunk) {
        JsonNode beside = chunk.path("usage");
        JsonNode within = chunk.path("choices").path(0).path("usage");
        usage = beside.isObject() ? beside : within.isObject() ? within : usage;
        timings = chunk.path("timings").isObject() ? chunk.path("timings") : timings;
        counts = chunk.has("eval_count") ? chunk : counts;
    }

    /** Servers that do not count thought apart leave it to us to divide the completion by length. */
    Usage usage(ThinkTags.Parts parts) {
        double completion =
                first(usage.path("completion_tokens"), timings.path("predicted_n"), counts.path("eval_count"));
        double counted =
                first(usage.path("completion_tokens_details").path("reasoning_tokens"), usage.path("reasoning_tokens"));
        int thought = parts.reasoning().length();
        int characters = thought + parts.content().length();
        double divided = characters == 0 ? 0 : Math.rint(completion * thought / characters);
        double reasoning = Math.min(completion, counted > 0 ? counted : divided);
        return new Usage(prompt(), reasoning, completion - reasoning, cached());
    }

    private double prompt() {
        double prompt = first(usage.path("prompt_tokens"), counts.path("prompt_eval_count"));
        return prompt > 0 ? prompt : number(timings.path("prompt_n")) + number(timings.path("cache_n"));
    }

    private double cached() {
        return DoubleStream.of(
                        number(usage.path("prompt_tokens_details").path("cached_tokens")),
                        number(usage.path("prompt_cache_hit_tokens")),
                        number(timings.path("cache_n")))
                .max()
                .orElse(0);
    }

    private static double first(JsonNode... nodes) {
        for (JsonNode node : nodes) {
            if (number(node) > 0) {
                return number(node);
            }
        }
        return 0;
    }

    private static double number(JsonNode node) {
        double value = node.isNumber() ? node.doubleValue() : 0;
        return value > 0 && value <= MOST ? value : 0;
    }
}
