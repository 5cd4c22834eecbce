package io.rationale.console.access;

import io.rationale.console.access.Admission.Admitted;
import io.rationale.console.access.Admission.Undecided;
import io.rationale.console.api.Problem;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Lets a request reach a route whose role its sender has. A route says which: {@link RolesAllowed} or {@link PermitAll} on
 * the method. One that says nothing is for nobody, so that none is open by mistake.
 */
public class RoleFilter {
    private final AccessMetrics metrics;

    RoleFilter(AccessMetrics metrics) {
        this.metrics = metrics;
    }

    @ServerRequestFilter
    public Response check(ResourceInfo route, RoutingContext at) {
        AnnotatedElement method = route.getResourceMethod();
        if (method.isAnnotationPresent(PermitAll.class)) {
            return null;
        }
        if (!(AccessGate.admission(at) instanceof Admitted admitted)) {
            return unauthorized(AccessGate.admission(at));
        }
        Optional<List<Role>> roles = roles(method);
        if (roles.isEmpty()) {
            return answer(Problem.of(403, "This route says of nobody that they may use it."));
        }
        boolean mayPass = roles.get().stream().anyMatch(admitted.caller()::may);
        if (mayPass) {
            return null;
        }
        metrics.refused(AccessMetrics.Reason.ROLE);
        return answer(forbidden(roles.get().getFirst()));
    }

    private static Optional<List<Role>> roles(AnnotatedElement method) {
        return Optional.ofNullable(method.getAnnotation(RolesAllowed.class))
                .map(allowed -> Arrays.stream(allowed.value())
                        .map(name -> Role.of(name).orElseThrow())
                        .toList());
    }

    private static Response unauthorized(Admission admission) {
        if (admission instanceof Undecided undecided) {
            return answer(Problem.of(503, undecided.reason()));
        }
        return Response.fromResponse(answer(AccessGate.unauthorized(admission)))
                .header("WWW-Authenticate", AccessGate.challenge(admission))
                .build();
    }

    /** A refusal that says which role is needed. */
    static Problem forbidden(Role needed) {
        return Problem.of(403, "This takes the role " + needed.code() + ", which your token does not have.")
                .with("role", needed.code());
    }

    private static Response answer(Problem problem) {
        return Response.status(problem.status())
                .type(Problem.MEDIA_TYPE)
                .entity(problem.json())
                .build();
    }
}
