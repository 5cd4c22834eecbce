package io.rationale.classifier.r1;

import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.rationale.classifier.ClassifierConfig;
import io.rationale.classifier.r1.cluster.BackOff;
import io.rationale.classifier.r1.cluster.Balancer;
import io.rationale.classifier.r1.cluster.BalancingModel;
import io.rationale.classifier.r1.cluster.ConcurrencyLimit;
import io.rationale.classifier.r1.cluster.Endpoint;
import io.rationale.classifier.r1.cluster.Reasons;
import io.rationale.core.r1.ModelOutcome;
import io.rationale.core.r1.ReasoningModel;
import io.rationale.core.r1.Sampling;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** The endpoints, and the stack of decorators in front of them. */
public final class R1Cluster {
    private static final Duration WATCH_INTERVAL = Duration.ofMillis(250);

    private final List<HttpReasoningModel> endpoints;
    private final ReasoningModel model;
    private final Balancer balancer;

    public R1Cluster(ClassifierConfig.R1 config, R1Availability availability) {
        this.endpoints =
                config.endpoints().stream().map(url -> endpoint(url, config)).toList();
        this.balancer = new Balancer(ConcurrencyLimit.Bounds.DEFAULT, RandomGenerator.getDefault());
        balancer.onChange(() -> availability.refresh(balancer::outage));
        balancer.setEndpoints(endpoints.stream()
                .map(model -> new Endpoint(model.endpoint(), (request, firstPayload) -> model.call(request)))
                .toList());
        this.model = stack(balancer, availability);
    }

    /** The model to call. */
    public ReasoningModel model() {
        return model;
    }

    /**
     * Asks the endpoints that take no calls for their models.
     *
     * @return empty when at least one is ready to be asked, else what is wrong with each
     */
    public List<String> probe() {
        for (HttpReasoningModel endpoint : endpoints) {
            if (balancer.tryStartProbe(endpoint.endpoint(), System.nanoTime())) {
                probe(endpoint);
            }
        }
        return balancer.outage().stream().toList();
    }

    private void probe(HttpReasoningModel endpoint) {
        Optional<ModelOutcome> fault = endpoint.probe();
        if (fault.isEmpty()) {
            balancer.probeSucceeded(endpoint.endpoint(), System.nanoTime());
        } else {
            balancer.probeFailed(endpoint.endpoint(), System.nanoTime(), Reasons.of(fault.get()));
        }
    }

    /** Looks at once, and then at the endpoints that are down again and again. */
    public void watch() throws InterruptedException {
        while (true) {
            probe();
            TimeUnit.MILLISECONDS.sleep(WATCH_INTERVAL.toMillis());
        }
    }

    private static ReasoningModel stack(Balancer balancer, R1Availability availability) {
        // From the outside in: retry, then balance over circuit breakers over adaptive concurrency, then HTTP. Retry
        // stands outside of balance, so that another try may go to another endpoint.
        ReasoningModel balanced = new BalancingModel(balancer, System::nanoTime);
        return new RetryingModel(
                balanced,
                availability,
                new BackOff(RandomGenerator.getDefault()),
                RetryingModel.DEADLINE,
                Clock.systemUTC(),
                delay -> TimeUnit.MILLISECONDS.sleep(delay.toMillis()));
    }

    /** The endpoint's URL stands in every verdict. */
    private static String withoutCredentials(String url) {
        return url.replaceFirst("//[^/@]*@", "//");
    }

    static HttpReasoningModel endpoint(String url, ClassifierConfig.R1 config) {
        OpenAiApi api = QuarkusRestClientBuilder.newBuilder()
                .baseUri(URI.create(url.endsWith("/") ? url : url + "/"))
                .connectTimeout(config.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .readTimeout(config.totalTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .property("io.quarkus.rest.client.connection-pool-size", config.maxInFlight() + 1)
                .property("microprofile.rest.client.disable.default.mapper", true)
                .build(OpenAiApi.class);
        return new HttpReasoningModel(
                api,
                withoutCredentials(url),
                config.model().orElse(null),
                config.apiKey().orElse(null),
                sampling(config));
    }

    private static Sampling sampling(ClassifierConfig.R1 config) {
        OptionalLong seed = config.seed();
        return new Sampling(
                config.temperature(), config.topP(), config.maxTokens(), seed.isPresent() ? seed.getAsLong() : null);
    }
}
