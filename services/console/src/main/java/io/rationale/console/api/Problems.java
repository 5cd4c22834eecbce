package io.rationale.console.api;

import io.rationale.console.statistics.QueryRefusedException;
import io.rationale.console.statistics.StoresUnavailableException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns the console's own exceptions into answers. */
public class Problems {
    @ServerExceptionMapper
    public Response refused(ProblemException e) {
        return answer(e.problem()).build();
    }

    @ServerExceptionMapper
    public Response refused(QueryRefusedException e) {
        return answer(ProblemException.badRequest(e.getMessage()).problem()).build();
    }

    @ServerExceptionMapper
    public Response unavailable(StoresUnavailableException e) {
        return answer(Problem.of(503, "Service Unavailable", e.getMessage()))
                .header(HttpHeaders.RETRY_AFTER, 1)
                .build();
    }

    private static Response.ResponseBuilder answer(Problem problem) {
        return Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem);
    }
}
