package io.rationale.console.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rationale.console.access.Admission.Admitted;
import io.rationale.console.access.Admission.Undecided;
import io.rationale.console.api.JsonBody;
import io.rationale.console.api.OtherSites;
import io.rationale.console.api.Problem;
import io.rationale.console.api.ProblemException;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who is signed in on the page. A browser's stream of events cannot send headers, so the page hands its token over once
 * and gets it back as a cookie that scripts cannot read; with each request it is checked like a header's.
 */
@Path("/api/v1/session")
@Produces(MediaType.APPLICATION_JSON)
public class SessionResource {
    private static final int MOST_BYTES = 64 * 1024;
    /** Browsers take 4,096 bytes with name and attributes. */
    private static final int LONGEST_IN_COOKIE = 3_800;

    private static final Pattern COOKIE_VALUE = Pattern.compile("[A-Za-z0-9._~+/=-]+");
    private static final Duration LONGEST_SESSION = Duration.ofHours(12);

    private final Doorkeeper doorkeeper;
    private final InstantSource clock = InstantSource.system();

    SessionResource(Doorkeeper doorkeeper) {
        this.doorkeeper = doorkeeper;
    }

    /**
     * How it stands.
     *
     * @param authentication {@code off} or {@code required}
     * @param name           who is signed in
     * @param roles          what they may do, those included in others, too
     * @param expiresAt      when the token ends
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Session(String authentication, String name, List<String> roles, Instant expiresAt) {}

    /** Who is signed in, if anybody. */
    @GET
    @PermitAll
    public Session get(RoutingContext at) {
        return AccessGate.admission(at) instanceof Admitted admitted
                ? session(admitted.caller())
                : new Session("required", null, null, null);
    }

    /** Signs in. */
    @POST
    @PermitAll
    @Consumes(MediaType.APPLICATION_JSON)
    @Blocking
    public Response signIn(@Context HttpHeaders headers, RoutingContext at, InputStream body) throws IOException {
        OtherSites.refuse(headers, "Nobody is signed in by pages of other sites.");
        JsonBody given = JsonBody.read(body, MOST_BYTES);
        if (!doorkeeper.asks()) {
            throw ProblemException.of(
                    409, "Nobody has to sign in here: this console has no tokens configured (rationale.auth).");
        }
        String token = given.required("token", MOST_BYTES);
        Admission admission =
                doorkeeper.admit(Credential.of(token)).toCompletableFuture().join();
        return switch (admission) {
            case Admitted admitted -> signedIn(token, admitted.caller(), AccessGate.isSecure(at.request()));
            case Undecided undecided -> refused(Problem.of(503, undecided.reason()), null);
            default -> refused(AccessGate.unauthorized(admission), AccessGate.challenge(admission));
        };
    }

    private Response signedIn(String token, Caller caller, boolean secure) {
        if (token.length() > LONGEST_IN_COOKIE || !COOKIE_VALUE.matcher(token).matches()) {
            throw JsonBody.refusal(
                    "token",
                    "The token is good, but too long for a browser's cookie: it has more than " + LONGEST_IN_COOKIE
                            + " characters. Let the issuer put fewer claims into it; programs can send it as it is.");
        }
        return Response.ok(session(caller))
                .header(HttpHeaders.SET_COOKIE, cookie(token, age(caller.expiresAt()), secure))
                .build();
    }

    private long age(Optional<Instant> end) {
        Duration left = end.map(time -> Duration.between(clock.instant(), time)).orElse(LONGEST_SESSION);
        return Math.max(1, Math.min(left.toSeconds(), LONGEST_SESSION.toSeconds()));
    }

    /** Signs out. */
    @DELETE
    @PermitAll
    public Response signOut(@Context HttpHeaders headers, RoutingContext at) {
        OtherSites.refuse(headers, "Nobody is signed out by pages of other sites.");
        return Response.noContent()
                .header(HttpHeaders.SET_COOKIE, cookie("", 0, AccessGate.isSecure(at.request())))
                .build();
    }

    private static String cookie(String value, long age, boolean secure) {
        return Credential.COOKIE + "=" + value + "; Max-Age=" + age + "; Path=/; HttpOnly; SameSite=Strict"
                + (secure ? "; Secure" : "");
    }

    private Session session(Caller caller) {
        return new Session(
                doorkeeper.asks() ? "required" : "off",
                caller.name().orElse(null),
                caller.roles().stream().map(Role::code).toList(),
                caller.expiresAt().orElse(null));
    }

    private static Response refused(Problem problem, String challenge) {
        Response.ResponseBuilder answer =
                Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem.json());
        return (challenge == null ? answer.header("Retry-After", 5) : answer.header("WWW-Authenticate", challenge))
                .build();
    }
}
