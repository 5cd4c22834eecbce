package io.rationale.console.reviews;

import io.rationale.console.access.CurrentCaller;
import io.rationale.console.access.Role;
import io.rationale.console.api.JsonBody;
import io.rationale.console.api.OtherSites;
import io.rationale.console.api.ProblemException;
import io.rationale.core.json.Json;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import org.jboss.resteasy.reactive.RestPath;

/** Takes what people say about the label of a note. */
@Path("/api/v1/notes")
@Produces(MediaType.APPLICATION_JSON)
public class ReviewResource {
    private static final int MOST_BYTES = 64 * 1024;

    private final ReviewService reviews;
    private final CurrentCaller caller;

    ReviewResource(ReviewService reviews, CurrentCaller caller) {
        this.reviews = reviews;
        this.caller = caller;
    }

    /** Answers when Kafka has the review. */
    @POST
    @RolesAllowed(Role.REVIEWS)
    @Path("{id: .+}/reviews")
    @Consumes(MediaType.APPLICATION_JSON)
    @Blocking
    public Response review(@Context HttpHeaders headers, @RestPath String id, InputStream body)
            throws IOException, InterruptedException {
        OtherSites.refuse(headers, "Reviews are not taken from pages of other sites.");
        byte[] json = body.readNBytes(MOST_BYTES + 1);
        if (json.length > MOST_BYTES) {
            throw ProblemException.of(413, "A review has at most " + MOST_BYTES + " bytes.");
        }
        ReviewRequest request =
                ReviewRequest.of(JsonBody.signed(Json.mapper().readTree(json), "reviewer", caller.name()));
        return Response.status(Response.Status.CREATED)
                .entity(reviews.review(id, request))
                .build();
    }
}
