package io.rationale.classifier.r1;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.rationale.classifier.Fixtures;
import io.rationale.classifier.r1.cluster.EndpointStatus;
import io.rationale.classifier.r1.cluster.Server;
import io.rationale.core.r1.ModelOutcome;
import io.rationale.core.r1.ModelReply;
import io.rationale.core.r1.ModelRequest;
import io.rationale.core.r1.Prompt;
import io.rationale.core.r1.Sampling;
import io.rationale.core.r1.Usage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class R1MetricsTest {
    private static final ModelRequest REQUEST = new ModelRequest("id", new Prompt("prompt", ""), 1);
    private static final EndpointStatus STATUS = new EndpointStatus(
            "http://r1/v1", EndpointStatus.Phase.DOWN, Optional.of("connection refused"), 35, 32, 34, 3, 9_000);

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final R1Metrics metrics = new R1Metrics(registry);

    @Test
    void shouldCountCallsTokensAndTimes() throws Exception {
        // given
        ModelReply reply = reply(Duration.ofMillis(500), Duration.ofMillis(2_500));
        Server server = metrics.measured("http://r1/v1", (request, firstPayload) -> reply);

        // when
        server.call(REQUEST, () -> {});
        metrics.measured(request -> reply.after(List.of(), 3)).call(REQUEST);

        // then
        assertThat(registry.get("rationale.r1.calls")
                        .tag("outcome", "complete")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("rationale.r1.tokens")
                        .tag("kind", "reasoning")
                        .counter()
                        .count())
                .isEqualTo(40);
        assertThat(registry.get("rationale.r1.tokens.per.second").summary().mean())
                .isEqualTo(30);
        assertThat(registry.get("rationale.r1.retries").counter().count()).isEqualTo(2);
    }

    @Test
    void shouldShowEndpointsAsTheyAre() {
        // when
        metrics.show(List.of(STATUS));

        // then
        assertThat(registry.get("rationale.r1.limit").gauge().value()).isEqualTo(35);
        assertThat(registry.get("rationale.r1.endpoint.state")
                        .tag("state", "down")
                        .gauge()
                        .value())
                .isEqualTo(1);
        assertThat(registry.get("rationale.r1.endpoint.state")
                        .tag("state", "up")
                        .gauge()
                        .value())
                .isZero();

        // and when the endpoint is taken off the list
        metrics.show(List.of());
        assertThat(registry.find("rationale.r1.limit").gauge()).isNull();
    }

    @Test
    void shouldStandInTheDocumentation() throws Exception {
        // given
        ModelReply reply = reply(Duration.ofMillis(500), Duration.ofMillis(2_500));
        metrics.measured("http://r1/v1", (request, firstPayload) -> reply).call(REQUEST, () -> {});
        metrics.measured(request -> reply).call(REQUEST);
        metrics.show(List.of(STATUS));
        String page = Files.readString(Path.of("..", "..", "docs", "r1.md"));

        // then
        assertThat(registry.getMeters())
                .extracting(Meter::getId)
                .extracting(Meter.Id::getName)
                .hasSizeGreaterThan(10)
                .allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
    }

    private static ModelReply reply(Duration firstPayload, Duration total) {
        ModelReply plain = Fixtures.reply(new ModelOutcome.Complete("thought", "answer"));
        return new ModelReply(
                plain.outcome(),
                plain.endpoint(),
                plain.server(),
                plain.model(),
                plain.request(),
                plain.response(),
                200,
                Sampling.R1,
                new Usage(80, 40, 20, 8),
                plain.startedAt(),
                firstPayload,
                total,
                1,
                List.of());
    }
}
