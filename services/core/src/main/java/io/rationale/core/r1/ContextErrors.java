package io.rationale.core.r1;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Knows when an error says that prompt and answer do not fit the model's context, and how long both are. */
final class ContextErrors {
    private static final Pattern TYPE = Pattern.compile("context_length_exceeded|exceed_context_size_error");

    /** Of vLLM, SGLang, llama-server, TGI, Ollama, LM Studio, TensorRT-LLM, LMDeploy, and the APIs, in turn. */
    private static final Pattern WORDING = pattern("maximum (?:context|model) length(?: is| of|:)? ?\\d"
            + "|\\d maximum context length"
            + "|context (?:length|size|window) (?:is|of) only \\d"
            + "|(?:longer|greater|larger) than the (?:model|maximum context|maximum model|context)"
            + "|exceed\\w* .{0,60}(?:context|max_seq_len|max_model_len|max_num_tokens|max_input_len|model length)"
            + "|exceed\\w* (?:the maximum number of (?:input )?tokens|model token limit)"
            + "|context (?:length|size|window) .{0,40}exceeded"
            + "|`max_new_tokens` must be <="
            + "|must have less than \\d+ tokens"
            + "|(?:prompt|input) (?:is |was )?too long"
            + "|reduce the length of (?:the|your) (?:messages|prompt|input)"
            + "|too many (?:input |prompt )?tokens(?! per)");

    private static final List<Pattern> PROMPT = patterns(
            "\\((\\d+) (?:in|of) (?:the messages|your prompt|the prompt|text input)",
            "(\\d+) tokens from the input",
            "(\\d+) (?:input|prompt) tokens",
            "(?:input|request|prompt) \\((?:length )?(\\d+)",
            "(?:prompt|input) length(?: is|:)? \\(?(\\d+)",
            "resulted in (\\d+) tokens",
            "too long: (\\d+)",
            "given: (\\d+)",
            "(?:requested|has|required) (?:about |a total of )?(\\d+) tokens");

    private static final List<Pattern> CONTEXT = patterns(
            "(?:context (?:length|size|window)|model length|max_model_len|max_seq_len)(?! by)[^\\d>]{0,30}(\\d+)",
            "must be <= (\\d+)",
            "must have less than (\\d+)",
            "> (\\d+)");

    private ContextErrors() {}

    /**
     * @param json    the error, for servers that count in fields of their own
     * @param message what it says
     */
    static Optional<ModelOutcome> find(JsonNode json, String message) {
        JsonNode error = json.path("error").isObject() ? json.path("error") : json;
        boolean typed = Stream.of(error.path("type"), error.path("code"))
                .anyMatch(value -> TYPE.matcher(value.asText("")).matches());
        if (!typed && !WORDING.matcher(message).find()) {
            return Optional.empty();
        }
        String digits = message.replaceAll("(?<=\\d)[,_](?=\\d{3})", "");
        return Optional.of(new ModelOutcome.ContextExceeded(
                ServerErrors.shown(message),
                count(error.path("n_prompt_tokens"), PROMPT, digits),
                count(error.path("n_ctx"), CONTEXT, digits)));
    }

    private static OptionalInt count(JsonNode field, List<Pattern> patterns, String message) {
        if (field.isInt()) {
            return OptionalInt.of(field.intValue());
        }
        for (Pattern pattern : patterns) {
            Matcher matcher = pattern.matcher(message);
            if (matcher.find() && matcher.group(1).length() < 10) {
                return OptionalInt.of(Integer.parseInt(matcher.group(1)));
            }
        }
        return OptionalInt.empty();
    }

    private static List<Pattern> patterns(String... patterns) {
        return Stream.of(patterns).map(ContextErrors::pattern).toList();
    }

    private static Pattern pattern(String pattern) {
        return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
    }
}
