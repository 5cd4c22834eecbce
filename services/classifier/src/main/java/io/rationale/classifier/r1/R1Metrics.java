package io.rationale.classifier.r1;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.rationale.classifier.r1.cluster.EndpointStatus;
import io.rationale.classifier.r1.cluster.Server;
import io.rationale.core.r1.ModelReply;
import io.rationale.core.r1.ModelRequest;
import io.rationale.core.r1.ReasoningModel;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.ToDoubleFunction;

/** What is measured of R1; {@code docs/r1.md} names each meter. Thread safe. */
final class R1Metrics {
    private static final String ENDPOINT = "endpoint";

    private final MeterRegistry registry;
    private final List<StatusGauge> gauges;
    private final MultiGauge states;
    private final Map<String, DoubleAdder> words = new ConcurrentHashMap<>();
    private final Map<String, DoubleAdder> busySeconds = new ConcurrentHashMap<>();
    /** By their names. */
    private final Map<String, EndpointStatus> latest = new ConcurrentHashMap<>();

    private List<String> shown = List.of();

    private record StatusGauge(MultiGauge gauge, ToDoubleFunction<EndpointStatus> value) {}

    R1Metrics(MeterRegistry registry) {
        this.registry = registry;
        this.gauges = List.of(
                gauge("rationale.r1.in.flight", "Calls at the endpoint", EndpointStatus::inFlight),
                gauge("rationale.r1.limit", "Calls that it may get at once", EndpointStatus::limit),
                gauge("rationale.r1.slots", "Slots that are proven", EndpointStatus::slots),
                gauge("rationale.r1.waiting", "Calls at it without a first payload", EndpointStatus::waiting),
                gauge("rationale.r1.outstanding.tokens", "Their tokens", EndpointStatus::outstandingTokens));
        this.states = MultiGauge.builder("rationale.r1.endpoint.state")
                .description("1 for the state that the endpoint is in; down means that its breaker is open")
                .register(registry);
    }

    /** Around everything: what a caller gets, and how often it was tried again. */
    ReasoningModel measured(ReasoningModel model) {
        Map<String, Counter> replies = new ConcurrentHashMap<>();
        Counter retries = registry.counter("rationale.r1.retries");
        return request -> {
            ModelReply reply = model.call(request);
            replies.computeIfAbsent(
                            reply.outcome().name(),
                            outcome -> registry.counter("rationale.r1.replies", "outcome", outcome))
                    .increment();
            retries.increment(reply.attempts() - 1.0);
            return reply;
        };
    }

    /** Around each single call. */
    Server measured(String endpoint, Server server) {
        CallMeters meters = new CallMeters(Tags.of(ENDPOINT, endpoint));
        DoubleAdder words = this.words.computeIfAbsent(endpoint, name -> new DoubleAdder());
        DoubleAdder busy = busySeconds.computeIfAbsent(endpoint, name -> new DoubleAdder());
        return (ModelRequest request, Runnable firstPayload) -> {
            ModelReply reply = server.call(request, firstPayload);
            meters.count(reply);
            double said = reply.usage().reasoning() + reply.usage().answer();
            if (said > 0) {
                words.add(said);
                busy.add(reply.total().toMillis() / 1000.0);
            }
            return reply;
        };
    }

    /** Tokens of thought and answer that an endpoint has said so far, in calls that ended. */
    double words(String endpoint) {
        DoubleAdder said = words.get(endpoint);
        return said == null ? 0 : said.sum();
    }

    /** Seconds that these calls took, one after the other. */
    double busySeconds(String endpoint) {
        DoubleAdder busy = busySeconds.get(endpoint);
        return busy == null ? 0 : busy.sum();
    }

    /** The endpoints as they are now. Meters are made anew only when others are listed: that is no small work. */
    void show(List<EndpointStatus> endpoints) {
        endpoints.forEach(endpoint -> latest.put(endpoint.name(), endpoint));
        List<String> names = endpoints.stream().map(EndpointStatus::name).toList();
        if (!shown.equals(names)) {
            shown = names;
            latest.keySet().retainAll(names);
            register(names);
        }
    }

    private void register(List<String> endpoints) {
        for (StatusGauge each : gauges) {
            each.gauge().register(rows(endpoints, each.value()), true);
        }
        states.register(
                endpoints.stream()
                        .<MultiGauge.Row<?>>flatMap(endpoint -> Arrays.stream(EndpointStatus.Phase.values())
                                .map(phase -> row(
                                        endpoint,
                                        Tags.of(
                                                Tag.of(ENDPOINT, endpoint),
                                                Tag.of("state", phase.name().toLowerCase(Locale.ROOT))),
                                        status -> status.phase() == phase ? 1 : 0)))
                        .toList(),
                true);
    }

    private List<MultiGauge.Row<?>> rows(List<String> endpoints, ToDoubleFunction<EndpointStatus> value) {
        return endpoints.stream()
                .<MultiGauge.Row<?>>map(endpoint -> row(endpoint, Tags.of(ENDPOINT, endpoint), value))
                .toList();
    }

    private MultiGauge.Row<?> row(String endpoint, Tags tags, ToDoubleFunction<EndpointStatus> value) {
        return MultiGauge.Row.of(tags, () -> {
            EndpointStatus status = latest.get(endpoint);
            return status == null ? Double.NaN : value.applyAsDouble(status);
        });
    }

    private StatusGauge gauge(String name, String description, ToDoubleFunction<EndpointStatus> value) {
        return new StatusGauge(MultiGauge.builder(name).description(description).register(registry), value);
    }

    /** Of one endpoint. */
    private final class CallMeters {
        private final Tags tags;
        private final Map<String, Counter> calls = new ConcurrentHashMap<>();
        private final Timer duration;
        private final Timer firstPayload;
        private final Counter prompt;
        private final Counter cached;
        private final Counter reasoning;
        private final Counter answer;
        private final DistributionSummary speed;

        CallMeters(Tags tags) {
            this.tags = tags;
            this.duration = registry.timer("rationale.r1.call.duration", tags);
            this.firstPayload = registry.timer("rationale.r1.first.payload", tags);
            this.prompt = tokens("prompt");
            this.cached = tokens("cached");
            this.reasoning = tokens("reasoning");
            this.answer = tokens("answer");
            this.speed = registry.summary("rationale.r1.tokens.per.second", tags);
        }

        private Counter tokens(String kind) {
            return registry.counter("rationale.r1.tokens", tags.and("kind", kind));
        }

        void count(ModelReply reply) {
            calls.computeIfAbsent(
                            reply.outcome().name(),
                            outcome -> registry.counter("rationale.r1.calls", tags.and("outcome", outcome)))
                    .increment();
            duration.record(reply.total());
            prompt.increment(reply.usage().prompt());
            cached.increment(reply.usage().cached());
            reasoning.increment(reply.usage().reasoning());
            answer.increment(reply.usage().answer());
            if (reply.firstPayload() != null) {
                firstPayload.record(reply.firstPayload());
                countSpeed(reply);
            }
        }

        /** How fast the words came once they came. */
        private void countSpeed(ModelReply reply) {
            Duration decoding = reply.total().minus(reply.firstPayload());
            double tokens = reply.usage().reasoning() + reply.usage().answer();
            if (tokens > 0 && decoding.toMillis() > 0) {
                speed.record(tokens / decoding.toMillis() * 1000);
            }
        }
    }
}
