package io.rationale.classifier.r1;

import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.rationale.classifier.ClassifierConfig;
import io.rationale.core.r1.ModelOutcome;
import io.rationale.core.r1.ReasoningModel;
import io.rationale.core.r1.Sampling;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** The endpoints, and the stack of decorators in front of them. */
public final class R1Cluster {
    private static final Duration WATCH_INTERVAL = Duration.ofSeconds(5);

    private final List<HttpReasoningModel> endpoints;
    private final ReasoningModel model;
    private final R1Availability availability;

    public R1Cluster(ClassifierConfig.R1 config, R1Availability availability) {
        this.endpoints =
                config.endpoints().stream().map(url -> endpoint(url, config)).toList();
        this.availability = availability;
        this.model = stack(endpoints, availability);
    }

    /** The model to call. */
    public ReasoningModel model() {
        return model;
    }

    /**
     * Asks the endpoints for their models, until one answers.
     *
     * @return empty when at least one is ready to be asked, else what is wrong with each
     */
    public List<String> probe() {
        List<String> faults = new ArrayList<>();
        for (HttpReasoningModel endpoint : endpoints) {
            Optional<ModelOutcome> fault = endpoint.probe();
            if (fault.isEmpty()) {
                availability.available();
                return List.of();
            }
            faults.add(endpoint.endpoint() + ": " + R1Availability.reason(fault.get()));
        }
        availability.unavailable(String.join("; ", faults));
        return faults;
    }

    /** Looks at once, and during an outage again and again, so that readiness is true also when no note comes. */
    public void watch() throws InterruptedException {
        probe();
        while (true) {
            TimeUnit.MILLISECONDS.sleep(WATCH_INTERVAL.toMillis());
            if (availability.reason().isPresent()) {
                probe();
            }
        }
    }

    private static ReasoningModel stack(List<HttpReasoningModel> endpoints, R1Availability availability) {
        // From the outside in. Retry stands outside of balance, so that another try may go to another endpoint.
        ReasoningModel balanced = new BalancingModel(endpoints, Clock.systemUTC());
        return new RetryingModel(
                balanced,
                availability,
                delay -> TimeUnit.MILLISECONDS.sleep(delay.toMillis()),
                RandomGenerator.getDefault());
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
