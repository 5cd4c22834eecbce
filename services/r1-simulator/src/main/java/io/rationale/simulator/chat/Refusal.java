package io.rationale.simulator.chat;

/** Why a request gets no completion; each server has its own words for it. */
public sealed interface Refusal {

    /** The body is not JSON. */
    record MalformedJson(String reason) implements Refusal {}

    /** The body is JSON, but no chat request. */
    record BadRequest(String message) implements Refusal {}

    /** The body is too large to be read. */
    record BodyTooLarge(int limitBytes) implements Refusal {}

    /**
     * The prompt, or the prompt with the output that was asked for, does not fit.
     *
     * @param outputTokens what was asked for, 0 where nothing was said
     */
    record PromptTooLong(int promptTokens, int outputTokens, int contextTokens) implements Refusal {}

    /** The model is not served. */
    record UnknownModel(String model) implements Refusal {}

    /** No key, or another than the server wants. */
    record Unauthorized() implements Refusal {}

    /** All slots are busy and the queue is full. */
    record QueueFull() implements Refusal {}

    /** A fault that was asked for, as an HTTP status. */
    record Injected(int status) implements Refusal {}

    /** A fault of the simulator itself. */
    record Internal(String message) implements Refusal {}
}
