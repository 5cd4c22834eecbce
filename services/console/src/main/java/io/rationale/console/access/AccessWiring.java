package io.rationale.console.access;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.rationale.console.Configured;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Puts the access together. */
@Singleton
public class AccessWiring {
    private static final Logger LOG = Logger.getLogger(AccessWiring.class);
    private static final int BEFORE_ALL_OTHERS = 1;
    private static final long MILLIS_BETWEEN_LOOKS = 500;
    private static final Duration LEAST_REFRESH = Duration.ofSeconds(1);

    private final Optional<StaticTokens> tokens;
    private final Optional<Jwks> jwks;
    private final Doorkeeper doorkeeper;
    private ScheduledExecutorService looks;

    AccessWiring(AccessConfig config, TlsConfigurationRegistry tls) {
        InstantSource clock = InstantSource.system();
        this.tokens = config.tokensFile().map(path -> Configured.part(() -> StaticTokens.open(path, clock)));
        boolean byJwt = config.jwt().issuer().isPresent()
                || config.jwt().audience().isPresent()
                || config.jwt().jwks().isPresent();
        Optional<JwtSettings> settings =
                byJwt ? Optional.of(Configured.part(() -> JwtSettings.of(config.jwt()))) : Optional.empty();
        this.jwks = settings.map(given -> Configured.part(() -> jwks(config.jwt(), tls)));
        this.doorkeeper = new Doorkeeper(tokens, settings.map(given -> new JwtCheck(jwks.orElseThrow(), given, clock)));
    }

    private static Jwks jwks(AccessConfig.Jwt config, TlsConfigurationRegistry tls) {
        if (config.refresh().compareTo(LEAST_REFRESH) < 0) {
            throw new IllegalArgumentException("rationale.auth.jwt.refresh is 1s or more.");
        }
        SSLContext trust =
                config.tlsConfigurationName().map(name -> context(tls, name)).orElse(null);
        return new Jwks(JwksSource.of(config.jwks().orElseThrow(), trust), config.refresh(), System::nanoTime);
    }

    private static SSLContext context(TlsConfigurationRegistry tls, String name) {
        TlsConfiguration configuration = tls.get(name)
                .orElseThrow(() -> new IllegalArgumentException("rationale.auth.jwt.tls-configuration-name names "
                        + name + ", which is no configuration of Quarkus' TLS registry (quarkus.tls." + name + ".*)."));
        try {
            return configuration.createSSLContext();
        } catch (Exception e) {
            // Nothing narrower is declared.
            throw new IllegalArgumentException("The TLS configuration " + name + " cannot be used (" + e + ").", e);
        }
    }

    @Produces
    @Singleton
    Doorkeeper doorkeeper() {
        return doorkeeper;
    }

    @Produces
    @Singleton
    LocalNames names(AccessConfig config) {
        return new LocalNames(!doorkeeper.asks() && config.anonymous().isEmpty());
    }

    /** Before anything is served, and before the wait for Kafka. */
    void start(
            @Observes @Priority(BEFORE_ALL_OTHERS) StartupEvent event,
            AccessConfig config,
            @ConfigProperty(name = "quarkus.http.host", defaultValue = "0.0.0.0") String host) {
        checkAnonymous(config.anonymous(), host);
        if (doorkeeper.asks()) {
            jwks.ifPresent(Jwks::tick);
            looks = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("access").daemon().factory());
            looks.scheduleWithFixedDelay(this::look, MILLIS_BETWEEN_LOOKS, MILLIS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS);
        }
    }

    private void checkAnonymous(Optional<String> anonymous, String host) {
        boolean allowed = anonymous.isPresent() && anonymous.get().equals("allowed");
        if (anonymous.isPresent() && !allowed) {
            throw new ConfigurationException("rationale.auth.anonymous is 'allowed' or is left out.");
        }
        if (!doorkeeper.asks() && !allowed && !isLoopback(host)) {
            throw new ConfigurationException(
                    "The console would be reached by others at " + host + " and asks nobody who"
                            + " comes. Name tokens (rationale.auth.tokens-file; ./rationale token create makes one) or an issuer"
                            + " of them (rationale.auth.jwt.issuer, .audience, .jwks). Where something in front of it asks who"
                            + " comes, or in a closed network, say rationale.auth.anonymous=allowed. Without either it is served"
                            + " on this machine only: quarkus.http.host=127.0.0.1.");
        }
        if (!doorkeeper.asks() && allowed && !isLoopback(host)) {
            LOG.warnf("Whoever reaches this console may do everything (rationale.auth.anonymous); host=%s", host);
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private void look() {
        try {
            tokens.ifPresent(StaticTokens::refresh);
            jwks.ifPresent(Jwks::tick);
        } catch (RuntimeException e) {
            LOG.error("The tokens could not be looked at", e);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        if (looks != null) {
            looks.shutdownNow();
        }
        jwks.ifPresent(Jwks::close);
    }
}
