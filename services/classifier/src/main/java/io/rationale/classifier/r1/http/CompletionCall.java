package io.rationale.classifier.r1.http;

import io.rationale.classifier.r1.http.HttpAnswer.Ending;
import io.rationale.core.json.Bytes;
import io.rationale.core.r1.ChatCompletion;
import io.rationale.core.r1.CompletionStream;
import io.rationale.core.r1.LoopGuard;
import io.rationale.core.r1.ModelOutcome;
import io.rationale.core.r1.ServerErrors;
import io.rationale.core.r1.Usage;
import java.util.Optional;

/** A completion, read while it comes or at its end, and named by its outcome. */
final class CompletionCall {
    private final R1Server server;
    private final boolean stream;
    private final Timeouts timeouts;
    private final boolean loopGuard;

    /**
     * What came.
     *
     * @param model that answered, or null
     */
    record Done(HttpAnswer answer, ModelOutcome outcome, Usage usage, String model) {}

    CompletionCall(R1Server server, boolean stream, Timeouts timeouts, boolean loopGuard) {
        this.server = server;
        this.stream = stream;
        this.timeouts = stream ? timeouts : timeouts.totalOnly();
        this.loopGuard = loopGuard;
    }

    Done run(Bytes body, Runnable firstPayload) throws InterruptedException {
        Reading reading = new Reading();
        HttpAnswer answer = server.complete(body, timeouts, reading, firstPayload);
        if (answer.status() != 200) {
            return new Done(answer, failure(answer), Usage.NONE, null);
        }
        return reading.done(answer);
    }

    /** What an answer without status 200 means. */
    static ModelOutcome failure(HttpAnswer answer) {
        return switch (answer.status()) {
            case 0 ->
                answer.ending() == Ending.EXPIRED
                        ? new ModelOutcome.TimedOut(answer.expired(), "", "")
                        : new ModelOutcome.Unreachable(answer.message());
            case 200 -> new ModelOutcome.Malformed("the body is no list of models");
            default -> ServerErrors.outcome(answer.status(), answer.body(), Optional.ofNullable(answer.retryAfter()));
        };
    }

    /** A body on its way: streamed ones are understood while they come, whole ones at the end. */
    private final class Reading implements BodyReader {
        private final CompletionStream completion = new CompletionStream(loopGuard ? new LoopGuard() : LoopGuard.off());

        @Override
        public boolean feed(byte[] bytes, int offset, int length) {
            return completion.feed(bytes, offset, length) && stream && completion.hasWords();
        }

        @Override
        public boolean ended() {
            return stream && completion.ended();
        }

        @Override
        public boolean hadEnough() {
            return completion.looping();
        }

        Done done(HttpAnswer answer) {
            ChatCompletion read =
                    switch (answer.ending()) {
                        case WHOLE, STOPPED, TOO_LARGE -> completion.end();
                        case EXPIRED -> completion.timedOut(answer.expired());
                        case BROKEN -> completion.brokenOff(answer.message());
                    };
            ModelOutcome outcome = answer.ending() == Ending.TOO_LARGE
                    ? new ModelOutcome.Malformed(
                            "a response of more than " + HttpConnector.LARGEST_BODY + " bytes, which is no completion")
                    : read.outcome();
            return new Done(answer, outcome, read.usage(), read.model());
        }
    }
}
