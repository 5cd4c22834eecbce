package io.rationale.simulator;

/**
 * What a simulator has served since its start or its last reset. Notes and tokens count once their answer was sent
 * whole.
 *
 * @param requests accepted requests, also those that wait or whose client has gone
 * @param busy     slots in use now
 * @param waiting  requests that wait for a slot now
 */
public record SimulatorStats(
        long requests, long notes, long promptTokens, long reasoningTokens, long answerTokens, int busy, int waiting) {}
