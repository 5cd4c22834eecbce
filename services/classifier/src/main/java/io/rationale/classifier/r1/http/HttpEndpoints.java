package io.rationale.classifier.r1.http;

import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.tls.TlsConfiguration;
import io.rationale.classifier.ClassifierConfig;
import io.rationale.classifier.r1.server.ServerProfile;
import io.rationale.core.r1.ModelProfile;
import io.rationale.core.r1.ModelProfiles;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jboss.resteasy.reactive.client.api.QuarkusRestClientProperties;

/** Makes endpoints as the configuration says. The timers of all their calls share one thread. */
public final class HttpEndpoints implements AutoCloseable {
    /** Servers close connections that are idle for 5 s: ours are gone before. */
    private static final int IDLE_CONNECTION_SECONDS = 4;
    /** Calls beyond the limit: probes and looks at the server's metrics. */
    private static final int FURTHER_CONNECTIONS = 8;

    private final ClassifierConfig.R1 config;
    private final Function<String, TlsConfiguration> tls;
    private final CallSettings settings;
    private final Optional<ServerProfile> profile;
    private final Optional<ModelProfile> modelProfile;
    private final ScheduledExecutorService timers;

    /**
     * @param tls named configurations of https endpoints
     * @throws IllegalArgumentException with a sentence, for a value that does not exist
     */
    public HttpEndpoints(ClassifierConfig.R1 config, Function<String, TlsConfiguration> tls) {
        this.config = config;
        this.tls = tls;
        this.settings = settings(config);
        this.profile = ServerProfile.configured(config.profile());
        this.modelProfile = modelProfile(config.modelProfile());
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("r1-timers").daemon().factory());
        executor.setRemoveOnCancelPolicy(true);
        this.timers = executor;
    }

    /**
     * @param url      base URL
     * @param position in the list of endpoints, from 1
     */
    public HttpReasoningModel endpoint(String url, int position) {
        Optional<ClassifierConfig.Endpoint> own =
                Optional.ofNullable(config.endpoint().get(position));
        String apiKey = own.flatMap(ClassifierConfig.Endpoint::apiKey)
                .or(config::apiKey)
                .orElse(null);
        Optional<String> tlsName =
                own.flatMap(ClassifierConfig.Endpoint::tlsConfigurationName).or(config::tlsConfigurationName);
        R1Server server = new R1Server(api(url, tlsName), new HttpConnector(timers), url, apiKey);
        return new HttpReasoningModel(server, settings, new ServerProbe(server, settings, profile, modelProfile));
    }

    /** What the endpoint at that URL is called: the URL without credentials. */
    public static String name(String url) {
        return R1Server.name(url);
    }

    @Override
    public void close() {
        timers.shutdownNow();
    }

    private OpenAiApi api(String url, Optional<String> tlsName) {
        int connections =
                config.concurrency().fixed().orElse(config.concurrency().max()) + FURTHER_CONNECTIONS;
        QuarkusRestClientBuilder builder = QuarkusRestClientBuilder.newBuilder()
                .baseUri(URI.create(url.endsWith("/") ? url : url + "/"))
                .connectTimeout(config.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
                // Ours run out before.
                .readTimeout(config.totalTimeout().plusMinutes(1).toMillis(), TimeUnit.MILLISECONDS)
                .property(QuarkusRestClientProperties.CONNECTION_POOL_SIZE, connections)
                .property(QuarkusRestClientProperties.CONNECTION_TTL, IDLE_CONNECTION_SECONDS)
                .property("microprofile.rest.client.disable.default.mapper", true);
        tlsName.map(tls).ifPresent(builder::tlsConfiguration);
        return builder.build(OpenAiApi.class);
    }

    private static CallSettings settings(ClassifierConfig.R1 config) {
        OptionalLong seed = config.seed();
        return new CallSettings(
                config.stream(),
                new Timeouts(config.firstPayloadTimeout(), config.idleTimeout(), config.totalTimeout()),
                config.loopGuard(),
                config.model(),
                config.temperature(),
                config.topP(),
                config.maxTokens(),
                seed.isPresent() ? seed.getAsLong() : null,
                config.systemPrompt(),
                config.contextTokens(),
                structuredOutput(config.structuredOutput()));
    }

    private static boolean structuredOutput(String value) {
        return switch (value) {
            case "auto" -> true;
            case "off" -> false;
            default ->
                throw new IllegalArgumentException(
                        "rationale.r1.structured-output is " + value + "; it can be auto or off");
        };
    }

    private static Optional<ModelProfile> modelProfile(String id) {
        return id.equals("auto") ? Optional.empty() : Optional.of(ModelProfiles.of(id));
    }
}
