package io.rationale.simulator.reasoner;

/**
 * What the reasoner has to say to a prompt.
 *
 * @param thought the chain of thought, in English
 * @param answer  the answer proper, without the thought
 * @param notes   how many notes were judged
 */
public record Thinking(String thought, String answer, int notes) {}
