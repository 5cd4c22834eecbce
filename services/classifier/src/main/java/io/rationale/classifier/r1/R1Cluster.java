package io.rationale.classifier.r1;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.tls.TlsConfiguration;
import io.rationale.classifier.ClassifierConfig;
import io.rationale.classifier.r1.cluster.BackOff;
import io.rationale.classifier.r1.cluster.Balancer;
import io.rationale.classifier.r1.cluster.BalancingModel;
import io.rationale.classifier.r1.cluster.ConcurrencyLimit;
import io.rationale.classifier.r1.cluster.EndpointStatus;
import io.rationale.classifier.r1.http.HttpEndpoints;
import io.rationale.classifier.trace.NoteTraces;
import io.rationale.core.r1.ReasoningModel;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** The R1 servers that are configured, and the stack of decorators in front of them. */
public final class R1Cluster implements R1Capacity, AutoCloseable {
    private static final int TICK_MILLIS = 250;

    private final Balancer balancer;
    private final R1Metrics metrics;
    private final HttpEndpoints http;
    private final EndpointWatch endpoints;
    private final RetryingModel retrying;
    private final ReasoningModel model;

    /**
     * @param tls          named configurations of https endpoints
     * @param availability is kept true
     * @param registry     gets the meters
     * @param traces       begins the span of each try
     */
    public R1Cluster(
            ClassifierConfig.R1 config,
            Function<String, TlsConfiguration> tls,
            R1Availability availability,
            MeterRegistry registry,
            NoteTraces traces) {
        this.http = new HttpEndpoints(config, tls);
        this.metrics = new R1Metrics(registry);
        this.balancer = new Balancer(bounds(config.concurrency()), RandomGenerator.getDefault());
        balancer.onChange(() -> availability.refresh(balancer::outage));
        this.endpoints = new EndpointWatch(config, http, metrics, traces, balancer, availability);

        // The stack, from the outside in. Retry stands outside of balance, so that another try may go to another
        // endpoint; breaker and limit are each endpoint's own, and the balancer asks both before it sends.
        //   instrument            R1Metrics.measured(ReasoningModel)
        //   retry                 RetryingModel
        //   balance               BalancingModel over Balancer
        //   circuit breaker       EndpointState's Breaker
        //   adaptive concurrency  EndpointState's ConcurrencyLimit
        //   HTTP                  HttpReasoningModel, within R1Metrics.measured(Server) and NoteTraces.traced(Server)
        this.retrying = new RetryingModel(
                new BalancingModel(balancer, System::nanoTime),
                availability,
                new BackOff(RandomGenerator.getDefault()),
                config.retryDeadline(),
                Clock.systemUTC(),
                delay -> TimeUnit.MILLISECONDS.sleep(delay.toMillis()));
        this.model = metrics.measured(retrying);
        endpoints.readList();
    }

    /** The model to call. */
    public ReasoningModel model() {
        return model;
    }

    /** Looks after the endpoints until it is interrupted: probes, load, changes of the list. */
    public void watch() throws InterruptedException {
        while (true) {
            endpoints.tick();
            metrics.show(status());
            TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
        }
    }

    /**
     * Waits, while {@link #watch} runs, until an endpoint answers or each was asked once.
     *
     * @return empty when at least one can be called, else what is wrong with each
     */
    public List<String> awaitProbes(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (balancer.outage().isPresent() && probing() && System.nanoTime() - end < 0) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return balancer.outage().map(List::of).orElse(List.of());
    }

    /** Whether an endpoint was not yet asked, or has not yet answered its first probe. */
    public boolean probing() {
        return status().stream().anyMatch(each -> each.phase() == EndpointStatus.Phase.NEW);
    }

    /** The endpoints as they are now, in the order of the list. */
    public List<EndpointStatus> status() {
        return balancer.status(System.nanoTime());
    }

    /** Tokens of thought and answer that an endpoint has said so far, in calls that ended. */
    public double words(String endpoint) {
        return metrics.words(endpoint);
    }

    /** Seconds that these calls took, one after the other. */
    public double busySeconds(String endpoint) {
        return metrics.busySeconds(endpoint);
    }

    /** What the last probe found behind an endpoint, or that nothing is known. */
    public String found(String endpoint) {
        return endpoints.found(endpoint);
    }

    @Override
    public int calls() {
        return balancer.capacity(System.nanoTime()) + retrying.backingOff();
    }

    @Override
    public void onRoom(Runnable action) {
        balancer.onChange(action);
    }

    @Override
    public int notesPerPrompt() {
        return endpoints.notesPerPrompt();
    }

    @Override
    public int contextTokens() {
        return endpoints.contextTokens();
    }

    @Override
    public void close() {
        http.close();
    }

    private static ConcurrencyLimit.Bounds bounds(ClassifierConfig.Concurrency config) {
        if (config.min() < 1 || config.max() < config.min() || config.fixed().orElse(1) < 1) {
            throw new IllegalArgumentException("rationale.r1.concurrency.min is " + config.min() + " and .max "
                    + config.max() + "; make min and fixed at least 1 and max not less than min");
        }
        return new ConcurrencyLimit.Bounds(config.min(), config.max(), config.fixed());
    }
}
