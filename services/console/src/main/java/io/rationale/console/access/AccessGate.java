package io.rationale.console.access;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.rationale.console.access.AccessMetrics.Reason;
import io.rationale.console.access.Admission.Admitted;
import io.rationale.console.access.Admission.Refused;
import io.rationale.console.access.Admission.Undecided;
import io.rationale.console.access.Admission.Unnamed;
import io.rationale.console.api.Problem;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Stands before everything that the console serves, on the event loop: asks who comes, refuses who may not come in at
 * all, and notes who it is for {@link RoleFilter}.
 */
@Singleton
public class AccessGate {
    private static final Logger LOG = Logger.getLogger(AccessGate.class);
    private static final String ADMISSION = AccessGate.class.getName() + ".admission";
    private static final String CREDENTIAL = AccessGate.class.getName() + ".credential";
    /** Before the framework's own handlers and behind its headers. */
    private static final int EARLY = 1_000;

    private static final int SECONDS_TO_WAIT = 5;
    private static final long MOST_PASSED_OVER = 1024 * 1024;
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final Unnamed NOBODY = new Unnamed();

    private final Doorkeeper doorkeeper;
    private final LocalNames names;
    private final AccessMetrics metrics;

    AccessGate(Doorkeeper doorkeeper, LocalNames names, AccessMetrics metrics) {
        this.doorkeeper = doorkeeper;
        this.names = names;
        this.metrics = metrics;
    }

    void register(@Observes Filters filters) {
        filters.register(this::handle, EARLY);
    }

    /** Who sends the request; nobody where that was not asked. */
    static Admission admission(RoutingContext at) {
        return at.get(ADMISSION) instanceof Admission known ? known : NOBODY;
    }

    /** The name of who sends the request; nothing where nobody is asked, or it was none that may come in. */
    public static Optional<String> name(RoutingContext at) {
        return admission(at) instanceof Admitted admitted ? admitted.caller().name() : Optional.empty();
    }

    /** What the request shows as a token, good or not. */
    public static Optional<String> token(RoutingContext at) {
        return credential(at).token();
    }

    /** What the request showed. */
    static Credential credential(RoutingContext at) {
        return at.get(CREDENTIAL) instanceof Credential shown ? shown : Credential.of(at.request());
    }

    private void handle(RoutingContext at) {
        if (isSecure(at.request())) {
            at.response().putHeader("Strict-Transport-Security", "max-age=31536000");
        }
        Optional<Problem> misled = names.refusal(at.request());
        if (misled.isPresent()) {
            answer(at, misled.get());
            return;
        }
        Credential credential = Credential.of(at.request());
        at.put(CREDENTIAL, credential);
        CompletableFuture<Admission> admission = doorkeeper.admit(credential).toCompletableFuture();
        if (admission.isDone()) {
            decide(at, admission.join());
            return;
        }
        at.request().pause();
        Context context = at.vertx().getOrCreateContext();
        admission.whenComplete((known, failure) -> context.runOnContext(ignored -> {
            at.request().resume();
            if (failure != null) {
                LOG.error("A token could not be checked", failure);
            }
            decide(at, failure == null ? known : new Undecided("The token cannot be checked now."));
        }));
    }

    private void decide(RoutingContext at, Admission admission) {
        at.put(ADMISSION, admission);
        String path = at.normalizedPath();
        if (doorkeeper.asks() && Paths.isApi(path)) {
            at.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        }
        if (credential(at).byCookie() && isFromElsewhere(at.request())) {
            metrics.refused(Reason.SITE);
            answer(at, Problem.of(403, "Nothing is changed by pages of other sites."));
        } else if (Paths.isPublic(path)) {
            at.next();
        } else if (!(admission instanceof Admitted admitted)) {
            refuse(at, admission);
        } else if (Paths.isFramework(path) && !admitted.caller().may(Role.VIEWER)) {
            metrics.refused(Reason.ROLE);
            answer(at, RoleFilter.forbidden(Role.VIEWER));
        } else {
            at.next();
        }
    }

    /** A browser adds the cookie to whatever page asks. */
    private static boolean isFromElsewhere(HttpServerRequest request) {
        if (READING.contains(request.method())) {
            return false;
        }
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return !site.equals("same-origin") && !site.equals("none");
        }
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        return origin != null && !isOwn(origin, request);
    }

    private static boolean isOwn(String origin, HttpServerRequest request) {
        try {
            String own =
                    request.authority() == null ? null : request.authority().toString();
            return own != null && own.equalsIgnoreCase(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Also where a proxy that is trusted says so (quarkus.http.proxy). */
    static boolean isSecure(HttpServerRequest request) {
        return request.isSSL() || "https".equalsIgnoreCase(request.scheme());
    }

    private void refuse(RoutingContext at, Admission admission) {
        HttpServerResponse response = at.response();
        metrics.refused(reason(admission));
        if (admission instanceof Undecided undecided) {
            response.putHeader(HttpHeaders.RETRY_AFTER, String.valueOf(SECONDS_TO_WAIT));
            answer(at, Problem.of(503, undecided.reason()));
            return;
        }
        response.putHeader("WWW-Authenticate", challenge(admission));
        answer(at, unauthorized(admission));
    }

    private static Reason reason(Admission admission) {
        return switch (admission) {
            case Undecided undecided -> Reason.UNDECIDED;
            case Refused refused -> Reason.TOKEN;
            default -> Reason.UNNAMED;
        };
    }

    static String challenge(Admission admission) {
        return admission instanceof Refused ? "Bearer error=\"invalid_token\"" : "Bearer";
    }

    static Problem unauthorized(Admission admission) {
        return Problem.of(
                401,
                admission instanceof Refused refused
                        ? refused.reason()
                        : "This console asks who comes: send a token in the header Authorization, as Bearer, or sign in"
                                + " on the page.");
    }

    /** Answers by a problem, on the event loop. */
    public static void answer(RoutingContext at, Problem problem) {
        passOver(at.request());
        at.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(Buffer.buffer(problem.json()));
    }

    /** What is still on its way of a body is read to its end, so that the answer is read, too, unless it is much. */
    private static void passOver(HttpServerRequest request) {
        if (request.isEnded()) {
            return;
        }
        AtomicLong passed = new AtomicLong();
        request.handler(piece -> {
            if (passed.addAndGet(piece.length()) > MOST_PASSED_OVER) {
                request.connection().close();
            }
        });
        request.resume();
    }
}
