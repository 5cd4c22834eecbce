package io.rationale.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.core.json.Bytes;
import io.rationale.core.json.Json;
import io.rationale.core.r1.ModelOutcome;
import io.rationale.core.r1.ModelReply;
import io.rationale.core.r1.Sampling;
import io.rationale.core.r1.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExchangeJsonTest {
    private static final String REQUEST = "{\"content\":\"" + "Sort \\\"these\\\" notes. ".repeat(100);

    private final ExchangeJson exchanges = new ExchangeJson();

    private static ModelReply reply(String request, Bytes response) {
        return new ModelReply(
                new ModelOutcome.Complete("She thought: \"ä\".", "{}"),
                "http://r1/v1",
                "vllm",
                null,
                Bytes.utf8(request),
                response,
                200,
                Sampling.R1,
                new Usage(80, 40, 20, 8),
                Instant.parse("2026-01-02T03:04:05Z"),
                Duration.ofMillis(12),
                Duration.ofMillis(345),
                1,
                List.of());
    }

    private void shouldWriteWhatTheExchangeIs(ModelReply reply) {
        assertThat(Json.tree(exchanges.write("e-1", List.of("a", "b"), reply)))
                .isEqualTo(Json.tree(Json.bytes(Exchange.of("e-1", List.of("a", "b"), reply))));
    }

    @Test
    void shouldWriteRequestsThatBeginAlike() {
        for (int i = 0; i < 4; i++) {
            shouldWriteWhatTheExchangeIs(
                    reply(REQUEST + i + "ü\"}", Bytes.utf8("data: {\"a\":\"\\n\"}\r\n\n: ü " + "x".repeat(i))));
        }
    }

    @Test
    void shouldKeepResponsesThatAreNoText() {
        shouldWriteWhatTheExchangeIs(reply(REQUEST, Bytes.of(new byte[] {'a', (byte) 0xff, 0, '"'})));
    }

    @Test
    void shouldWriteEmptyOnes() {
        shouldWriteWhatTheExchangeIs(reply("", Bytes.empty()));
    }
}
