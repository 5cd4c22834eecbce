package io.rationale.simulator.profile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rationale.simulator.chat.Refusal;
import io.rationale.simulator.chat.Refusal.PromptTooLong;
import java.util.Map;

/** What the servers' errors have in common: status, type and words for each refusal. */
final class OpenAiErrors {
    private static final Map<Integer, String> TYPES = Map.of(
            400, "BadRequestError",
            401, "AuthenticationError",
            402, "InsufficientBalanceError",
            404, "NotFoundError",
            413, "BadRequestError",
            429, "RateLimitError",
            500, "InternalServerError",
            503, "ServiceUnavailableError");

    private static final Map<Integer, String> MESSAGES = Map.of(
            400, "The request is not valid.",
            401, "Unauthorized",
            402, "Insufficient Balance",
            404, "The model does not exist.",
            429, "Too many requests. Please retry later.",
            500, "Internal server error: EngineDeadError",
            503, "The server is not ready.");

    private OpenAiErrors() {}

    /** The status that most servers choose. */
    static int status(Refusal refusal) {
        return switch (refusal) {
            case Refusal.MalformedJson malformed -> 400;
            case Refusal.BadRequest bad -> 400;
            case PromptTooLong tooLong -> 400;
            case Refusal.BodyTooLarge tooLarge -> 413;
            case Refusal.UnknownModel unknown -> 404;
            case Refusal.Unauthorized unauthorized -> 401;
            case Refusal.QueueFull full -> 429;
            case Refusal.Injected injected -> injected.status();
            case Refusal.Internal internal -> 500;
        };
    }

    /** The words that vLLM chooses. */
    static String message(Refusal refusal) {
        return switch (refusal) {
            case Refusal.MalformedJson malformed -> "The request body is not valid JSON: " + malformed.reason();
            case Refusal.BadRequest bad -> bad.message();
            case PromptTooLong tooLong -> requested(tooLong);
            case Refusal.BodyTooLarge tooLarge ->
                "The request body is larger than " + tooLarge.limitBytes() + " bytes.";
            case Refusal.UnknownModel unknown -> "The model `" + unknown.model() + "` does not exist.";
            case Refusal.Unauthorized unauthorized -> MESSAGES.get(401);
            case Refusal.QueueFull full -> MESSAGES.get(429);
            case Refusal.Injected injected -> MESSAGES.get(injected.status());
            case Refusal.Internal internal -> internal.message();
        };
    }

    /** The names that vLLM and its like have for a status. */
    static String type(int status) {
        return TYPES.get(status);
    }

    /** {@code {"error":{"message","type","param","code"}}}. */
    static ObjectNode nested(String message, String type, String param, Object code) {
        ObjectNode root = Dialect.NODES.objectNode();
        root.putObject("error")
                .put("message", message)
                .put("type", type)
                .put("param", param)
                .putPOJO("code", code);
        return root;
    }

    /** {@code {"object":"error","message","type","param","code"}}. */
    static ErrorReply flat(int status, String message) {
        return new ErrorReply(
                status,
                Dialect.NODES
                        .objectNode()
                        .put("object", "error")
                        .put("message", message)
                        .put("type", type(status))
                        .putNull("param")
                        .put("code", status));
    }

    /** The sentence that OpenAI coined and that several servers repeat. */
    static String requested(PromptTooLong tooLong) {
        return "This model's maximum context length is " + tooLong.contextTokens() + " tokens. However, you requested "
                + (tooLong.promptTokens() + tooLong.outputTokens()) + " tokens (" + tooLong.promptTokens()
                + " in the messages, " + tooLong.outputTokens()
                + " in the completion). Please reduce the length of the messages or completion.";
    }
}
