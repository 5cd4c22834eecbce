package io.rationale.core.r1;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.core.r1.ModelOutcome.Complete;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CompletionStreamTest {
    private static final byte[] STREAM = """
                : hello

                data: {"model":"r1","choices":[{"delta":{"role":"assistant","content":""}}]}

                data: {"choices":[{"delta":{"reasoning_content":"sö"}}]}

                data: {"choices":[{"delta":{"content":"A"}}]}

                data: {"choices":[{"delta":{},"finish_reason":"stop"}]}

                data: {"choices":[],"usage":{"prompt_tokens":5,"completion_tokens":2}}

                data: [DONE]

                """.getBytes(StandardCharsets.UTF_8);

    @Test
    void shouldReadAStreamByteByByte() {
        // given
        CompletionStream stream = new CompletionStream(new LoopGuard());

        // when
        int payloads = 0;
        for (int i = 0; i < STREAM.length; i++) {
            payloads += stream.feed(STREAM, i, 1) ? 1 : 0;
        }

        // then
        assertThat(payloads).isEqualTo(2);
        assertThat(stream.ended()).isTrue();
        ChatCompletion completion = stream.end();
        assertThat(completion.outcome()).isEqualTo(new Complete("sö", "A"));
        assertThat(completion.usage()).isEqualTo(new Usage(5, 1, 1, 0));
        assertThat(completion.model()).isEqualTo("r1");
    }

    @Test
    void shouldKeepWhatCameWhereverAStreamBreaksOff() {
        for (int length = 0; length < STREAM.length; length++) {
            // given
            CompletionStream stream = new CompletionStream(new LoopGuard());
            stream.feed(STREAM, 0, length);

            // when
            ModelOutcome outcome = stream.brokenOff("reset").outcome();

            // then: the stop may already have come
            assertThat(outcome).isInstanceOfAny(ModelOutcome.Unreachable.class, Complete.class);
            assertThat("sö").startsWith(outcome.reasoning());
            assertThat("A").startsWith(outcome.content());
        }
    }

    @Test
    void shouldNotTakeAWholeBodyThatBreaksOffForOneThatIsNoCompletion() {
        // given
        byte[] half = "{\"choices\":[{\"message\":{\"content\":\"4".getBytes(StandardCharsets.UTF_8);

        // then
        assertThat(fed(half).brokenOff("reset").outcome()).isEqualTo(new ModelOutcome.Unreachable("reset", "", ""));
        assertThat(fed(half).timedOut(ModelOutcome.Timer.TOTAL).outcome())
                .isEqualTo(new ModelOutcome.TimedOut(ModelOutcome.Timer.TOTAL, "", ""));
        assertThat(fed(half).end().outcome()).isEqualTo(new ModelOutcome.Malformed("the body is not JSON"));
    }

    private static CompletionStream fed(byte[] bytes) {
        CompletionStream stream = new CompletionStream(new LoopGuard());
        stream.feed(bytes, 0, bytes.length);
        return stream;
    }
}
