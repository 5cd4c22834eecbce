package io.rationale.console.limits;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.rationale.console.limits.LimitMetrics.Why;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts requests, tokens that are none, and streams of events, by client: once before it is asked who comes, when only the
 * address is known, and once after. Health is answered however often it is asked for.
 */
final class RequestGate {
    private static final String EXCHANGE = Exchange.class.getName();
    /** Before and after what asks who comes, which stands at 1000. */
    private static final int BEFORE_ACCESS = 1_100;

    private static final int AFTER_ACCESS = 900;
    private static final int SECONDS_TO_WAIT = 5;
    private static final int UNAUTHORIZED = 401;
    private static final String TOO_OFTEN =
            "This client asks more often than rationale.limits.requests-per-second allows; the header Retry-After says when"
                    + " to go on.";
    private static final String BAD =
            "Too many tokens that are none came from this address; the header Retry-After says when to try again.";
    private static final String HEALTH = "/q/health";
    private static final String API = "/api/";
    private static final String SESSION = "/api/v1/session";
    private static final String EVENTS = "/api/v1/events";

    private final Buckets requests;
    private final Buckets badTokens;
    private final Buckets signIns;
    private final int mostStreams;
    private final LimitMetrics metrics;
    private final Callers callers;
    private final GoodTokens goodTokens = new GoodTokens();
    private final Map<String, Integer> streams = new ConcurrentHashMap<>();

    /** What is known of who sends a request. */
    interface Callers {
        /** What is shown as a token, good or not. */
        Optional<String> token(RoutingContext at);

        /** The name of who has been let in; nothing where nobody is asked. */
        Optional<String> name(RoutingContext at);
    }

    /**
     * @param requests  null for no limit
     * @param badTokens null for no limit
     * @param signIns   null for no limit
     */
    RequestGate(
            Buckets requests,
            Buckets badTokens,
            Buckets signIns,
            int mostStreams,
            LimitMetrics metrics,
            Callers callers) {
        this.requests = requests;
        this.badTokens = badTokens;
        this.signIns = signIns;
        this.mostStreams = mostStreams;
        this.metrics = metrics;
        this.callers = callers;
    }

    void register(Filters filters) {
        filters.register(this::beforeAccess, BEFORE_ACCESS);
        filters.register(this::afterAccess, AFTER_ACCESS);
    }

    /** The exchange of a request, where its connection is watched. */
    static Optional<Exchange> exchange(RoutingContext at) {
        return Optional.ofNullable(at.get(EXCHANGE));
    }

    private void beforeAccess(RoutingContext at) {
        Watch.of(at.request()).map(watch -> watch.begin(at.request())).ifPresent(exchange -> {
            at.put(EXCHANGE, exchange);
            at.addEndHandler(ended -> exchange.answered());
        });
        if (isHealth(at)) {
            at.next();
            return;
        }
        String address = address(at);
        Optional<String> token = callers.token(at);
        at.addEndHandler(ended -> told(at, address, token));
        if (signsIn(at)) {
            long wait = Buckets.look(signIns, address);
            if (wait > 0) {
                refuse(at, Why.SIGN_INS, wait);
                return;
            }
        }
        // The page itself is for everybody, whatever an old cookie says.
        boolean shows = token.isPresent() && at.normalizedPath().startsWith(API);
        long wait = Buckets.look(shows ? badTokens : requests, address);
        if (wait > 0 && !token.map(goodTokens::contains).orElse(false)) {
            refuse(at, shows ? Why.BAD_TOKENS : Why.REQUESTS, wait);
        } else {
            at.next();
        }
    }

    /** What came of it. */
    private void told(RoutingContext at, String address, Optional<String> token) {
        boolean isUnauthorized = at.response().getStatusCode() == UNAUTHORIZED;
        if (isUnauthorized && signsIn(at)) {
            Buckets.take(signIns, address);
        } else if (isUnauthorized && token.isPresent()) {
            Buckets.take(badTokens, address);
        } else if (isUnauthorized) {
            Buckets.take(requests, address);
        } else if (token.isPresent()
                && Buckets.isTouched(badTokens, address)
                && callers.name(at).isPresent()) {
            goodTokens.add(token.get());
        }
    }

    private void afterAccess(RoutingContext at) {
        if (isHealth(at)) {
            at.next();
            return;
        }
        String client = callers.name(at).map(Clients::named).orElseGet(() -> address(at));
        long wait = Buckets.take(requests, client);
        if (wait > 0) {
            refuse(at, Why.REQUESTS, wait);
        } else if (at.normalizedPath().equals(EVENTS)
                && at.request().method() == HttpMethod.GET
                && !listens(at, client)) {
            metrics.refused(Why.STREAMS);
            Refusal.unavailable(
                    at,
                    "This client follows " + mostStreams + " streams of events already; end one, or raise"
                            + " rationale.limits.streams-per-client.",
                    SECONDS_TO_WAIT);
        } else {
            at.next();
        }
    }

    private boolean listens(RoutingContext at, String client) {
        if (streams.merge(client, 1, Integer::sum) > mostStreams) {
            release(client);
            return false;
        }
        at.addEndHandler(ended -> release(client));
        return true;
    }

    private void release(String client) {
        streams.computeIfPresent(client, (known, count) -> count > 1 ? count - 1 : null);
    }

    private void refuse(RoutingContext at, Why why, long wait) {
        metrics.refused(why);
        Refusal.tooMany(at, why == Why.REQUESTS ? TOO_OFTEN : BAD, wait);
    }

    private static boolean isHealth(RoutingContext at) {
        String path = at.normalizedPath();
        return path.equals(HEALTH) || path.startsWith(HEALTH + "/");
    }

    private static boolean signsIn(RoutingContext at) {
        return at.request().method() == HttpMethod.POST && at.normalizedPath().equals(SESSION);
    }

    private static String address(RoutingContext at) {
        SocketAddress remote = at.request().remoteAddress();
        return Clients.at(remote == null ? null : remote.hostAddress());
    }
}
