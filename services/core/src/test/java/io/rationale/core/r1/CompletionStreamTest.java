package io.rationale.core.r1;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.core.r1.ModelOutcome.Complete;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CompletionStreamTest {
    @Test
    void shouldReadAStreamByteByByte() {
        // given
        byte[] bytes = """
                : hello

                data: {"model":"r1","choices":[{"delta":{"role":"assistant","content":""}}]}

                data: {"choices":[{"delta":{"reasoning_content":"sö"}}]}

                data: {"choices":[{"delta":{"content":"A"}}]}

                data: {"choices":[{"delta":{},"finish_reason":"stop"}]}

                data: {"choices":[],"usage":{"prompt_tokens":5,"completion_tokens":2}}

                data: [DONE]

                """.getBytes(StandardCharsets.UTF_8);
        CompletionStream stream = new CompletionStream(new LoopGuard());

        // when
        int payloads = 0;
        for (int i = 0; i < bytes.length; i++) {
            payloads += stream.feed(bytes, i, 1) ? 1 : 0;
        }

        // then
        assertThat(payloads).isEqualTo(2);
        assertThat(stream.ended()).isTrue();
        ChatCompletion completion = stream.end();
        assertThat(completion.outcome()).isEqualTo(new Complete("sö", "A"));
        assertThat(completion.usage()).isEqualTo(new Usage(5, 1, 1, 0));
        assertThat(completion.model()).isEqualTo("r1");
    }
}
