package io.rationale.console.limits;

import com.sun.management.UnixOperatingSystemMXBean;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.HttpsServerStart;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.rationale.console.access.AccessGate;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;

/** Puts the limits together. */
@Singleton
public class LimitsWiring {
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private final LimitsConfig config;
    private final LimitMetrics metrics;
    private final Connections connections;
    private final RequestGate requests;
    private final BodyGate bodies;
    private final Vertx vertx;

    LimitsWiring(LimitsConfig config, MeterRegistry registry, Vertx vertx) {
        this.config = config;
        this.vertx = vertx;
        check(config);
        metrics = new LimitMetrics(registry);
        connections = new Connections(
                (int) Math.min(config.connections(), filesAllowed() / 2), config.connectionsPerAddress());
        metrics.watch(connections);
        requests = new RequestGate(
                Buckets.of(config.requestsPerSecond(), Duration.ofSeconds(1), config.requestsAtOnce()),
                Buckets.of(config.badTokensPerMinute(), Duration.ofMinutes(1), config.badTokensAtOnce()),
                Buckets.of(config.signInsPerMinute(), Duration.ofMinutes(1), config.signInsAtOnce()),
                config.streamsPerClient(),
                metrics,
                callers());
        bodies = new BodyGate(config.bodyMemory(), metrics);
    }

    private static RequestGate.Callers callers() {
        return new RequestGate.Callers() {
            @Override
            public Optional<String> token(RoutingContext at) {
                return AccessGate.token(at);
            }

            @Override
            public Optional<String> name(RoutingContext at) {
                return AccessGate.name(at);
            }
        };
    }

    private static void check(LimitsConfig config) {
        least("requests-per-second", config.requestsPerSecond(), 0);
        least("requests-at-once", config.requestsAtOnce(), 1);
        least("bad-tokens-per-minute", config.badTokensPerMinute(), 0);
        least("bad-tokens-at-once", config.badTokensAtOnce(), 1);
        least("connections", config.connections(), 1);
        least("connections-per-address", config.connectionsPerAddress(), 1);
        least("sign-ins-per-minute", config.signInsPerMinute(), 0);
        least("sign-ins-at-once", config.signInsAtOnce(), 1);
        least("streams-per-client", config.streamsPerClient(), 1);
        least("slowest", config.slowest(), 1);
        least("body-memory", config.bodyMemory(), 1024 * 1024);
        least("head-time", config.headTime());
        least("idle-time", config.idleTime());
        least("pace-time", config.paceTime());
    }

    private static void least(String key, long value, long least) {
        if (value < least) {
            throw new ConfigurationException(
                    "rationale.limits." + key + " is " + value + ": set it to " + least + " or more.");
        }
    }

    private static void least(String key, Duration value) {
        if (value.compareTo(SHORTEST) < 0) {
            throw new ConfigurationException("rationale.limits." + key + " is " + value + ": set it to 1s or more.");
        }
    }

    private static long filesAllowed() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
    }

    /** A wrong setting stops the start, and not the first request. */
    void start(@Observes StartupEvent event) {}

    void register(@Observes Filters filters) {
        requests.register(filters);
        new HeaderGate().register(filters);
        bodies.register(filters);
    }

    void watch(@ObservesAsync HttpServerStart started) {
        watchAccepted();
    }

    void watchTls(@ObservesAsync HttpsServerStart started) {
        watchAccepted();
    }

    /** Quarkus has no way to see a connection before its first request, so its sockets are looked up. */
    private void watchAccepted() {
        Acceptor acceptor = new Acceptor(connections, this::watch);
        EventLoopGroup acceptors = ((VertxInternal) vertx).getAcceptorEventLoopGroup();
        for (EventExecutor executor : acceptors) {
            if (executor instanceof SingleThreadEventLoop loop) {
                loop.execute(() -> watchServers(loop.registeredChannelsIterator(), acceptor));
            }
        }
    }

    private static void watchServers(Iterator<Channel> channels, Acceptor acceptor) {
        channels.forEachRemaining(channel -> {
            if (channel instanceof ServerChannel && channel.pipeline().get(Acceptor.class) == null) {
                channel.pipeline().addFirst(acceptor);
            }
        });
    }

    private Watch watch(Channel channel) {
        Watch.Times times = new Watch.Times(config.headTime(), config.idleTime(), config.paceTime(), config.slowest());
        return new Watch(channel, times, metrics, System::nanoTime);
    }
}
