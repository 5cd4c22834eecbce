package io.rationale.console.deadletters;

import io.rationale.console.access.CurrentCaller;
import io.rationale.console.access.Role;
import io.rationale.console.api.OtherSites;
import io.rationale.console.api.ProblemException;
import io.rationale.console.api.QueryParameters;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.errors.RetriableException;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** What could not be judged. */
@Path("/api/v1/dead-letters")
@Produces(MediaType.APPLICATION_JSON)
public class DeadLettersResource {
    private static final int MOST = 200;
    private static final int SECONDS_TO_WAIT = 5;

    private final DeadLetters letters;
    private final CurrentCaller caller;

    DeadLettersResource(DeadLetters letters, CurrentCaller caller) {
        this.letters = letters;
        this.caller = caller;
    }

    /** A page of letters, the newest first. */
    @GET
    @RolesAllowed(Role.VIEWS)
    public DeadLetters.Page list(
            @RestQuery @DefaultValue("50") String limit, @RestQuery String cursor, @RestQuery String reason) {
        int most = QueryParameters.limit(limit, MOST);
        Map<Integer, Long> before = cursor == null
                ? Map.of()
                : LetterCursor.read(cursor)
                        .orElseThrow(() -> ProblemException.badRequest("The cursor is not one that this list gave."));
        return answered(() -> letters.page(before, reason, most));
    }

    /** One letter with its original as text. */
    @GET
    @RolesAllowed(Role.VIEWS)
    @Path("{partition}/{offset}")
    public LetterDetail letter(@RestPath String partition, @RestPath String offset) {
        Place place = Place.of(partition, offset);
        return answered(() -> letters.at(place.partition(), place.offset())).orElseThrow(Place::nothingThere);
    }

    /** Sends the original to the topic of the notes again. */
    @POST
    @RolesAllowed(Role.REVIEWS)
    @Path("{partition}/{offset}/resend")
    @Consumes(MediaType.WILDCARD)
    @Blocking
    public Response resend(@Context HttpHeaders headers, @RestPath String partition, @RestPath String offset)
            throws InterruptedException {
        OtherSites.refuse(headers, "Dead letters are not sent again by pages of other sites.");
        Place place = Place.of(partition, offset);
        Optional<DeadLetters.Resent> resent =
                answered(() -> letters.resend(place.partition(), place.offset(), caller.name()));
        return Response.accepted(resent.orElseThrow(Place::nothingThere)).build();
    }

    /** A question to Kafka. */
    @FunctionalInterface
    private interface Question<T, E extends Exception> {
        T answer() throws E;
    }

    private static <T, E extends Exception> T answered(Question<T, E> question) throws E {
        try {
            return question.answer();
        } catch (RetriableException e) {
            throw ProblemException.of(503, "Kafka does not answer about the dead letters.")
                    .retryAfter(SECONDS_TO_WAIT);
        }
    }

    /** In the topic. */
    private record Place(int partition, long offset) {
        static Place of(String partition, String offset) {
            if (!partition.matches("\\d{1,6}") || !offset.matches("\\d{1,18}")) {
                throw nothingThere();
            }
            return new Place(Integer.parseInt(partition), Long.parseLong(offset));
        }

        static ProblemException nothingThere() {
            return ProblemException.notFound("There is no dead letter at that place.");
        }
    }
}
