package io.rationale.simulator.reasoner;

/**
 * What the RAG report beside a note suggests. Weights are below that of any cue, so that hints break ties and decide
 * only where the note itself says nothing.
 *
 * @param category beginning of the category id
 * @param weight   how much it speaks for the category
 * @param remark   a sentence that says what was seen
 */
record TraceHint(String category, double weight, String remark) {}
