package io.rationale.simulator.fault;

/**
 * What the model writes, before the token limit cuts it.
 *
 * @param thought      what stands before {@code </think>}
 * @param ended        whether {@code </think>} and the answer follow
 * @param answer       empty where the thought has not ended
 * @param finishReason why the output ends where it does
 */
public record Output(String thought, boolean ended, String answer, String finishReason) {

    /** A thought that ends, and the answer. */
    public static Output whole(String thought, String answer) {
        return new Output(thought, true, answer, "stop");
    }

    /** A thought that does not end. */
    static Output thinking(String thought, String finishReason) {
        return new Output(thought, false, "", finishReason);
    }

    Output withThought(String newThought) {
        return new Output(newThought, ended, answer, finishReason);
    }
}
