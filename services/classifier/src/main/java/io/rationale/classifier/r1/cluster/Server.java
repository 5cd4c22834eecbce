package io.rationale.classifier.r1.cluster;

import io.rationale.core.r1.ModelReply;
import io.rationale.core.r1.ModelRequest;

/** One R1 server: the innermost call, below balance, breaker and limit. */
@FunctionalInterface
public interface Server {
    /**
     * Asks once and waits for the end of the answer.
     *
     * @param firstPayload to be run when the first words of thought or answer arrive (not for headers, comments or the
     *                     role); where the answer is not streamed, never
     * @return what came back; expected failures are outcomes, not exceptions
     * @throws InterruptedException when the caller is stopped; the call is then given up
     */
    ModelReply call(ModelRequest request, Runnable firstPayload) throws InterruptedException;
}
