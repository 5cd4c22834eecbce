package io.rationale.classifier.discovery;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.rationale.core.status.ClassifierStatus;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/** What is measured of discoveries; {@code docs/metrics.md} names each meter. */
public final class DiscoveryMetrics {
    private final MeterRegistry registry;
    private final Supplier<Optional<ClassifierStatus.Discovery>> state;

    /** @param state of the discoveries that this classifier runs; nothing where another one does */
    public DiscoveryMetrics(MeterRegistry registry, Supplier<Optional<ClassifierStatus.Discovery>> state) {
        this.registry = registry;
        this.state = state;
        gauge("rationale.discovery.running", "discoveries under way", now -> now.running() == null ? 0 : 1);
        gauge("rationale.discovery.waiting", "discoveries that wait", ClassifierStatus.Discovery::waiting);
        gauge("rationale.discovery.calls", "calls for discoveries", ClassifierStatus.Discovery::calls);
    }

    private void gauge(String name, String description, ToIntFunction<ClassifierStatus.Discovery> value) {
        Gauge.builder(name, () -> state.get().map(value::applyAsInt).orElse(0))
                .description(description)
                .register(registry);
    }
}
