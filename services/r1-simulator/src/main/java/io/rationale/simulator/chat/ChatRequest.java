package io.rationale.simulator.chat;

import java.util.OptionalInt;

/**
 * What a chat completion asks for.
 *
 * @param prompt       all messages' text, one after the other
 * @param maxTokens    bound on thought and answer together
 * @param includeUsage whether a stream ends with a chunk that holds the usage
 */
public record ChatRequest(String model, String prompt, OptionalInt maxTokens, boolean stream, boolean includeUsage) {}
