package io.rationale.core.r1;

import com.fasterxml.jackson.databind.JsonNode;
import io.rationale.core.json.Bytes;
import io.rationale.core.json.Json;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * An OpenAI-compatible chat completion as R1 servers really send it: reasoning in one of several fields or before a
 * {@code </think>} in the content, null and empty and absent being one case.
 *
 * @param outcome how it ended
 * @param model   as the server names it, or null
 * @param usage   as the server counted
 */
public record ChatCompletion(ModelOutcome outcome, String model, Usage usage) {
    private static final String THINK_END = "</think>";
    private static final String THINK_START = "<think>";

    /** Reads a body that came with HTTP status 200; leading blank lines (keep-alive) are skipped. */
    public static ChatCompletion parse(Bytes body) {
        JsonNode json;
        try {
            json = Json.mapper().readTree(body.toArray());
        } catch (IOException e) {
            return malformed("the body is not JSON");
        }
        if (!json.isObject()) {
            return malformed("the body is not a JSON object");
        }
        JsonNode choice = json.path("choices").path(0);
        if (json.hasNonNull("error") || choice.isMissingNode()) {
            return malformed(errorMessage(json));
        }
        String model = json.path("model").asText(null);
        Parts parts = parts(choice.path("message"));
        return new ChatCompletion(outcome(parts, choice.path("finish_reason").asText("")), model, usage(json, parts));
    }

    /** What an error body says, in any of the shapes that servers use; never longer than a line. */
    public static String errorMessage(JsonNode json) {
        JsonNode error = json.path("error");
        JsonNode detail = json.path("detail");
        String message = Stream.of(
                        error.path("message"), error, json.path("message"), detail, detail.at("/0/msg"), json)
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .findFirst()
                .orElse("no choices and no error message");
        String line = message.strip().replaceAll("\\s+", " ");
        return line.length() > 300 ? line.substring(0, 300) + "…" : line;
    }

    /** Whether an error message of any server says that prompt and answer do not fit the context. */
    public static boolean saysContextExceeded(String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        return lower.contains("context length")
                || lower.contains("context size")
                || lower.contains("context window")
                || lower.contains("exceed_context")
                || lower.contains("maximum context")
                || lower.contains("maximum model length")
                || lower.contains("longer than the model")
                || lower.contains("prompt is too long")
                || lower.contains("must have less than")
                || lower.contains("max_new_tokens` must be <=")
                || lower.contains("max_model_len")
                || lower.contains("max_seq_len")
                || lower.contains("too many tokens");
    }

    private record Parts(String reasoning, String content, boolean closed) {}

    private static Parts parts(JsonNode message) {
        String reasoning = Stream.of("reasoning_content", "reasoning", "thinking")
                .map(field -> message.path(field).asText(""))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
        String content = message.path("content").asText("");
        int end = content.indexOf(THINK_END);
        if (reasoning.isEmpty() && end >= 0) {
            return new Parts(
                    withoutStart(content.substring(0, end)), content.substring(end + THINK_END.length()), true);
        }
        if (reasoning.isEmpty() && content.stripLeading().startsWith(THINK_START)) {
            return new Parts(withoutStart(content), "", false);
        }
        return new Parts(withoutStart(reasoning), content, true);
    }

    private static String withoutStart(String reasoning) {
        String stripped = reasoning.stripLeading();
        return stripped.startsWith(THINK_START) ? stripped.substring(THINK_START.length()) : reasoning;
    }

    private static ModelOutcome outcome(Parts parts, String finish) {
        boolean hasContent = !parts.content().isBlank();
        if (finish.equals("length")) {
            return hasContent
                    ? new ModelOutcome.TruncatedInAnswer(parts.reasoning(), parts.content())
                    : new ModelOutcome.TruncatedInThought(parts.reasoning());
        }
        if (finish.equals("abort") || finish.equals("error")) {
            return new ModelOutcome.Aborted(parts.reasoning(), parts.content());
        }
        if (!hasContent) {
            return new ModelOutcome.StoppedInThought(parts.reasoning());
        }
        return parts.reasoning().isBlank()
                ? new ModelOutcome.EmptyThought(parts.content())
                : new ModelOutcome.Complete(parts.reasoning(), parts.content());
    }

    /** Servers that do not count thought apart leave it to us to divide the completion by length. */
    private static Usage usage(JsonNode json, Parts parts) {
        JsonNode usage = json.path("usage");
        double completion = usage.path("completion_tokens").asDouble(0);
        JsonNode counted = usage.path("completion_tokens_details").path("reasoning_tokens");
        if (!counted.isNumber()) {
            counted = usage.path("reasoning_tokens");
        }
        int characters = parts.reasoning().length() + parts.content().length();
        double divided =
                characters == 0 ? 0 : Math.rint(completion * parts.reasoning().length() / characters);
        double reasoning = Math.min(completion, counted.asDouble(0) > 0 ? counted.asDouble() : divided);
        double cached = Stream.of(
                        usage.path("prompt_tokens_details").path("cached_tokens"),
                        usage.path("prompt_cache_hit_tokens"),
                        json.path("timings").path("cache_n"))
                .mapToDouble(node -> node.asDouble(0))
                .max()
                .orElse(0);
        return new Usage(usage.path("prompt_tokens").asDouble(0), reasoning, completion - reasoning, cached);
    }

    private static ChatCompletion malformed(String message) {
        return new ChatCompletion(new ModelOutcome.Malformed(message), null, Usage.NONE);
    }
}
