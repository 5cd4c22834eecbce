package io.rationale.simulator.cluster;

/**
 * What one request has cost, for the counters.
 *
 * @param notes        how many notes were judged, 0 where the answer was cut
 * @param cachedTokens the part of the prompt's tokens that the prefix cache had
 */
public record Served(int notes, int promptTokens, int cachedTokens, int reasoningTokens, int answerTokens) {}
