package io.rationale.core.r1;

/**
 * Tokens of a call, or a note's share of them.
 *
 * @param prompt    tokens of the prompt, cached ones included
 * @param reasoning tokens of the chain of thought
 * @param answer    tokens of the answer after it
 * @param cached    prompt tokens that the server's prefix cache already held
 */
public record Usage(double prompt, double reasoning, double answer, double cached) {
    /** Nothing spent. */
    public static final Usage NONE = new Usage(0, 0, 0, 0);

    /** Prompt, reasoning and answer together. */
    public double total() {
        return prompt + reasoning + answer;
    }

    /** Those that the server had to compute: all but the cached ones. */
    public double computed() {
        return total() - cached;
    }

    public Usage plus(Usage other) {
        return new Usage(
                prompt + other.prompt, reasoning + other.reasoning, answer + other.answer, cached + other.cached);
    }

    /** The share of one of {@code notes} notes that were asked together. */
    public Usage share(int notes) {
        return new Usage(prompt / notes, reasoning / notes, answer / notes, cached / notes);
    }
}
