package io.rationale.core.r1;

/**
 * A reasoning model behind some server or cluster: the port that every decorator (retry, balance, limits) implements.
 */
@FunctionalInterface
public interface ReasoningModel {
    /**
     * Asks and waits for the end of the answer. Blocks the calling (virtual) thread for as long as the model thinks.
     *
     * @return what came back, whatever it was: expected failures are outcomes, not exceptions
     * @throws InterruptedException when the caller is stopped; the call is then given up
     */
    ModelReply call(ModelRequest request) throws InterruptedException;
}
