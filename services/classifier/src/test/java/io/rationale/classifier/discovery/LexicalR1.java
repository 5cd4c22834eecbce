package io.rationale.classifier.discovery;

import io.rationale.core.json.Bytes;
import io.rationale.core.r1.ModelOutcome;
import io.rationale.core.r1.ModelReply;
import io.rationale.core.r1.ModelRequest;
import io.rationale.core.r1.ReasoningModel;
import io.rationale.core.r1.Usage;
import io.rationale.simulator.reasoner.LexicalReasoner;
import io.rationale.simulator.reasoner.Thinking;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** The lexical stand-in without a server; from some call on it keeps silent until it is let go on. */
final class LexicalR1 implements ReasoningModel {
    private final LexicalReasoner reasoner = new LexicalReasoner(1);
    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch released = new CountDownLatch(1);
    private final int answersBeforeSilence;

    LexicalR1(int answersBeforeSilence) {
        this.answersBeforeSilence = answersBeforeSilence;
    }

    int asked() {
        return asked.get();
    }

    void release() {
        released.countDown();
    }

    @Override
    public ModelReply call(ModelRequest request) throws InterruptedException {
        if (asked.incrementAndGet() > answersBeforeSilence) {
            released.await();
        }
        Thinking thinking = reasoner.think(request.prompt().text());
        Bytes body = Bytes.utf8(request.prompt().text());
        return new ModelReply(
                new ModelOutcome.Complete(thinking.thought(), thinking.answer()),
                "http://r1/v1",
                "test",
                "lexical-stand-in",
                body,
                body,
                200,
                null,
                new Usage(10, 20, 5, 0),
                Instant.parse("2026-11-22T10:00:00Z"),
                null,
                Duration.ofSeconds(1),
                1,
                List.of());
    }
}
