package io.rationale.simulator.chat;

import java.util.Optional;

/**
 * Why a request gets no completion, in vLLM's terms.
 *
 * @param status the HTTP status, also the error's code
 * @param type   such as {@code BadRequestError}
 * @param param  the field at fault
 */
public record Refusal(int status, String type, String message, Optional<String> param) {

    public static Refusal badRequest(String message) {
        return new Refusal(400, "BadRequestError", message, Optional.empty());
    }

    public static Refusal bodyTooLarge(int limit) {
        return new Refusal(
                413, "BadRequestError", "The request body is larger than " + limit + " bytes.", Optional.empty());
    }

    public static Refusal internal(Throwable cause) {
        return new Refusal(500, "InternalServerError", String.valueOf(cause), Optional.empty());
    }

    static Refusal unknownModel(String model) {
        return new Refusal(404, "NotFoundError", "The model `" + model + "` does not exist.", Optional.of("model"));
    }

    static Refusal promptTooLong(int promptTokens, int outputTokens, int contextTokens) {
        String message = "You passed " + promptTokens + " input tokens and requested " + outputTokens
                + " output tokens. However, the model's context length is only " + contextTokens
                + " tokens, resulting in a maximum input length of " + Math.max(0, contextTokens - outputTokens)
                + " tokens. Please reduce the length of the input prompt. (parameter=input_tokens, value="
                + promptTokens + ")";
        return new Refusal(400, "BadRequestError", message, Optional.of("input_tokens"));
    }
}
