package io.rationale.core.r1;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.rationale.core.json.Bytes;
import io.rationale.core.json.Json;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a server's error means, whatever its shape: nested, flat, a bare string, FastAPI's {@code detail}, plain text or
 * a proxy's page. Only what can be the notes' fault may give them up; a redirect, an unpaid bill (402) or a wrong method
 * is the operator's to mend, and the notes wait.
 */
public final class ServerErrors {
    private static final Set<Integer> ABOUT_THE_REQUEST = Set.of(400, 401, 403, 404, 413, 414, 415, 422);
    private static final int LONGEST_SHOWN = 300;
    private static final int LONGEST_READ = 4_000;
    private static final Pattern TITLE = Pattern.compile("(?is)<title[^>]*>([^<]{1,200})</title>");

    private ServerErrors() {}

    /**
     * What an answer with a status other than 200 means.
     *
     * @param body       as received; whoever has a key to hide replaces it before, because messages are shown and logged
     * @param retryAfter as the server's header says, where it does
     */
    public static ModelOutcome outcome(int status, Bytes body, Optional<Duration> retryAfter) {
        String text = body.lenientUtf8();
        JsonNode json = json(text);
        return outcome(status, json, json.isMissingNode() ? plain(text) : message(json), retryAfter);
    }

    /** What an error within a response of status 200 means; thought and answer are what had come until then. */
    static ModelOutcome inCompletion(JsonNode json, ThinkTags.Parts parts) {
        int status = status(json);
        String message = message(json);
        if (status == 429 || status == 503 || status > 0 && status < 500) {
            return outcome(status, json, message, Optional.empty());
        }
        return ContextErrors.find(json, message)
                .orElseGet(() -> new ModelOutcome.ErrorInStream(shown(message), parts.reasoning(), parts.content()));
    }

    /** Whether a body or chunk is an error or holds one. */
    static boolean isError(JsonNode json) {
        JsonNode error = json.path("error");
        return error.isObject()
                || error.isTextual() && !error.textValue().isEmpty()
                || json.path("choices").path(0).path("error").isObject()
                || json.path("object").asText().equals("error")
                || json.path("type").asText().equals("error");
    }

    /** What an error body says, cut to what people can be shown. */
    static String shown(String message) {
        return message.length() > LONGEST_SHOWN ? message.substring(0, LONGEST_SHOWN) + "…" : message;
    }

    private static ModelOutcome outcome(int status, JsonNode json, String whole, Optional<Duration> retryAfter) {
        Optional<ModelOutcome> context =
                status < 500 && status != 429 ? ContextErrors.find(json, whole) : Optional.empty();
        return context.orElseGet(() -> other(status, shown(whole), retryAfter));
    }

    private static ModelOutcome other(int status, String message, Optional<Duration> retryAfter) {
        return ABOUT_THE_REQUEST.contains(status)
                ? new ModelOutcome.Refused(status, message)
                : new ModelOutcome.Overloaded(status, message, retryAfter);
    }

    private static JsonNode json(String text) {
        try {
            return Json.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private static String plain(String text) {
        if (text.isBlank()) {
            return "no message";
        }
        String line = line(text);
        if (!line.startsWith("<")) {
            return line;
        }
        Matcher title = TITLE.matcher(line);
        return title.find() ? title.group(1).strip() : "a page without a title";
    }

    /** What an error says, as one line. */
    static String message(JsonNode json) {
        JsonNode error = json.path("error");
        JsonNode choice = json.path("choices").path(0).path("error");
        JsonNode detail = json.path("detail");
        String message = Stream.of(
                        error.path("message"),
                        error,
                        choice.path("message"),
                        json.path("message"),
                        detail,
                        detail.at("/0/msg"),
                        json.path("errors").path(0).path("message"),
                        json)
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .findFirst()
                .orElse("no message");
        return line(message);
    }

    private static String line(String text) {
        String start = text.length() > LONGEST_READ ? text.substring(0, LONGEST_READ) : text;
        return start.strip().replaceAll("\\s+", " ");
    }

    /** The HTTP status that an error names as its code, or 0. */
    private static int status(JsonNode json) {
        return Stream.of(json.path("error"), json.path("choices").path(0).path("error"), json)
                .flatMap(error -> Stream.of(error.path("code"), error.path("status"), error.path("status_code")))
                .mapToInt(code -> code.isTextual() || code.isInt() ? code.asInt() : 0)
                .filter(code -> code >= 400 && code < 600)
                .findFirst()
                .orElse(0);
    }
}
