package io.rationale.console.reclassification;

import com.fasterxml.jackson.databind.JsonNode;
import io.rationale.console.access.CurrentCaller;
import io.rationale.console.access.Role;
import io.rationale.console.api.JsonBody;
import io.rationale.console.api.OtherSites;
import io.rationale.console.api.ProblemException;
import io.rationale.core.json.Json;
import io.rationale.core.reclassification.ReclassificationRequest;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
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
import java.net.URI;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;

/** Notes that are judged again under another taxonomy version: what it takes, and how it stands. */
@Path("/api/v1/reclassifications")
@Produces(MediaType.APPLICATION_JSON)
public class ReclassificationsResource {
    private static final int MOST_BYTES = 1024 * 1024;

    private final ReclassificationService service;
    private final CurrentCaller caller;

    ReclassificationsResource(ReclassificationService service, CurrentCaller caller) {
        this.service = service;
        this.caller = caller;
    }

    /** Newest first. */
    public record All(List<JobAnswer> reclassifications) {}

    @GET
    @RolesAllowed(Role.VIEWS)
    public All list() {
        return new All(service.all().stream().map(JobAnswer::of).toList());
    }

    @GET
    @RolesAllowed(Role.VIEWS)
    @Path("{id}")
    public JobAnswer get(@RestPath String id) {
        return JobAnswer.of(service.find(id));
    }

    /** What it would take; nothing happens. */
    @POST
    @RolesAllowed(Role.VIEWS)
    @Path("estimate")
    @Consumes(MediaType.APPLICATION_JSON)
    @Blocking
    public EstimateAnswer estimate(@Context HttpHeaders headers, InputStream body) throws IOException {
        return service.estimate(json(headers, body));
    }

    /** Asks for it. */
    @POST
    @RolesAllowed(Role.ADMINISTERS)
    @Consumes(MediaType.APPLICATION_JSON)
    @Blocking
    public Response start(@Context HttpHeaders headers, InputStream body) throws IOException, InterruptedException {
        JobAnswer job = JobAnswer.of(service.start(json(headers, body)));
        return Response.created(URI.create("/api/v1/reclassifications/" + job.id()))
                .entity(job)
                .build();
    }

    /** Has no further call begun for it. */
    @POST
    @RolesAllowed(Role.ADMINISTERS)
    @Path("{id}/pause")
    @Consumes(MediaType.APPLICATION_JSON)
    @Blocking
    public Response pause(@Context HttpHeaders headers, @RestPath String id, InputStream body)
            throws IOException, InterruptedException {
        return change(id, ReclassificationRequest.Action.PAUSE, json(headers, body));
    }

    /** Has it go on. */
    @POST
    @RolesAllowed(Role.ADMINISTERS)
    @Path("{id}/resume")
    @Consumes(MediaType.APPLICATION_JSON)
    @Blocking
    public Response resume(@Context HttpHeaders headers, @RestPath String id, InputStream body)
            throws IOException, InterruptedException {
        return change(id, ReclassificationRequest.Action.RESUME, json(headers, body));
    }

    /** Leaves out what is not judged yet. */
    @POST
    @RolesAllowed(Role.ADMINISTERS)
    @Path("{id}/cancel")
    @Consumes(MediaType.APPLICATION_JSON)
    @Blocking
    public Response cancel(@Context HttpHeaders headers, @RestPath String id, InputStream body)
            throws IOException, InterruptedException {
        return change(id, ReclassificationRequest.Action.CANCEL, json(headers, body));
    }

    private Response change(String id, ReclassificationRequest.Action action, JsonNode body)
            throws InterruptedException {
        return Response.accepted(JobAnswer.of(service.change(id, action, body))).build();
    }

    private JsonNode json(HttpHeaders headers, InputStream body) throws IOException {
        OtherSites.refuse(headers, "Reclassifications are not changed from pages of other sites.");
        byte[] bytes = body.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw ProblemException.of(413, "A request has at most " + MOST_BYTES + " bytes.");
        }
        return JsonBody.signed(Json.mapper().readTree(bytes), "by", caller.name());
    }
}
