package io.rationale.classifier.r1.http;

import io.quarkus.tls.TlsConfiguration;
import io.rationale.classifier.ClassifierConfig;
import io.rationale.classifier.r1.server.ServerProfile;
import io.rationale.classifier.r1.wire.ServerAddress;
import io.rationale.classifier.r1.wire.Tls;
import io.rationale.core.r1.ModelProfile;
import io.rationale.core.r1.ModelProfiles;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Makes endpoints as the configuration says. The timers of all their calls share one thread. */
public final class HttpEndpoints implements AutoCloseable {
    private final ClassifierConfig.R1 config;
    private final Function<String, TlsConfiguration> tls;
    private final CallSettings settings;
    private final Optional<ServerProfile> profile;
    private final Optional<ModelProfile> modelProfile;
    private final TimerSweep timers = new TimerSweep();
    /** By the names of their servers. */
    private final Map<String, HttpConnector> connectors = new ConcurrentHashMap<>();

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
        timers.alsoRun(() -> connectors.values().forEach(HttpConnector::closeOld));
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
        URI baseUrl = URI.create(url);
        ServerAddress address = ServerAddress.of(baseUrl);
        HttpConnector connector =
                new HttpConnector(address, address.tls() ? tls(tlsName) : null, config.connectTimeout(), timers);
        HttpConnector before = connectors.put(name(url), connector);
        if (before != null) {
            before.close();
        }
        R1Server server = new R1Server(connector, baseUrl, address.hostHeader(), apiKey);
        return new HttpReasoningModel(server, settings, new ServerProbe(server, settings, profile, modelProfile));
    }

    /** What the endpoint at that URL is called: the URL without credentials. */
    public static String name(String url) {
        return R1Server.name(url);
    }

    @Override
    public void close() {
        timers.close();
        connectors.values().forEach(HttpConnector::close);
    }

    private Tls tls(Optional<String> name) {
        return name.map(tls).map(Tls::of).orElseGet(Tls::platform);
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
