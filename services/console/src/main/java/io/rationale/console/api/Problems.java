package io.rationale.console.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.rationale.console.statistics.QueryRefusedException;
import io.rationale.console.statistics.StoresUnavailableException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Collection;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Turns everything that goes wrong under {@code /api} into problem+json, whatever the client would rather have: the
 * console's own refusals, those of the framework, and bugs, of which only the log tells more.
 */
public class Problems {
    private static final Logger LOG = Logger.getLogger(Problems.class);
    private static final String API = "/api/*";
    private static final int LAST = Integer.MAX_VALUE;

    @ServerExceptionMapper
    public Response refused(ProblemException e) {
        Response.ResponseBuilder answer = answer(e.problem());
        e.retryAfterSeconds().ifPresent(seconds -> answer.header("Retry-After", seconds));
        return answer.build();
    }

    @ServerExceptionMapper
    public Response refused(QueryRefusedException e) {
        return answer(ProblemException.badRequest(e.getMessage()).problem()).build();
    }

    @ServerExceptionMapper
    public Response unavailable(StoresUnavailableException e) {
        return answer(Problem.of(503, e.getMessage())).header("Retry-After", 1).build();
    }

    /** What the framework refuses: its status and headers stay, such as the {@code Allow} of a 405. */
    @ServerExceptionMapper
    public Response refused(WebApplicationException e) {
        int status = e.getResponse().getStatus();
        if (status < 400) {
            return e.getResponse();
        }
        if (status >= 500) {
            LOG.error("A request failed", e);
        }
        Response.ResponseBuilder answer = answer(Problem.of(status, detail(status)));
        Collection<Object> allowed = e.getResponse().getHeaders().get("Allow");
        if (allowed != null) {
            allowed.forEach(method -> answer.header("Allow", method));
        }
        return answer.build();
    }

    @ServerExceptionMapper
    public Response unreadable(JsonProcessingException e) {
        return answer(Problem.of(400, "The body is not the JSON that is expected here."))
                .build();
    }

    /** No fault of ours: the answer breaks off, and nobody reads why. */
    @ServerExceptionMapper
    public Response gone(ReaderGoneException e) {
        LOG.debug("The reader of an answer has gone", e);
        return answer(Problem.of(500, detail(500))).build();
    }

    /** A bug, or Kafka in an unexpected mood. */
    @ServerExceptionMapper({RuntimeException.class, Exception.class, Error.class})
    public Response failed(Throwable e) {
        LOG.error("A request failed", e);
        return answer(Problem.of(500, detail(500))).build();
    }

    private static Response.ResponseBuilder answer(Problem problem) {
        return Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem.json());
    }

    /** What never reaches a resource: unknown paths, bodies beyond the server's limit. */
    void routes(@Observes Router router) {
        router.route(API).last().order(LAST).handler(at -> answer(at, 404));
        router.route(API).failureHandler(at -> answer(at, status(at)));
    }

    private static int status(RoutingContext at) {
        return at.statusCode() >= 400 ? at.statusCode() : 500;
    }

    private static void answer(RoutingContext at, int status) {
        if (at.response().ended() || at.response().headWritten()) {
            at.response().reset();
            return;
        }
        Optional.ofNullable(at.failure())
                .filter(failure -> status >= 500)
                .ifPresent(failure -> LOG.error("A request failed", failure));
        at.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(io.vertx.core.buffer.Buffer.buffer(
                        Problem.of(status, detail(status)).json()));
    }

    /** A sentence for what the framework says by number only. */
    static String detail(int status) {
        return switch (status) {
            case 400 -> "The request cannot be read.";
            case 404 -> "There is nothing at this path; /api/v1/openapi tells what there is.";
            case 405 -> "This path does not take that method; the header Allow names those that it takes.";
            case 406 -> "This path does not answer in any media type that the header Accept names.";
            case 413 -> "The body is too large for this server (quarkus.http.limits.max-body-size).";
            case 414 -> "The path is too long.";
            case 415 -> "This path does not take a body of that media type; /api/v1/openapi tells which it takes.";
            case 500 -> "The console failed; its log says why.";
            default -> "The request cannot be answered.";
        };
    }
}
