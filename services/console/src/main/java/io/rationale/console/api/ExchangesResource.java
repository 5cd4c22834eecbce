package io.rationale.console.api;

import io.rationale.console.access.Role;
import io.rationale.console.notes.ExchangeReader;
import io.rationale.console.notes.ExchangeReader.StoredExchange;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestPath;

/** What was asked of R1 and what it answered. */
@Path("/api/v1/exchanges")
@Produces(MediaType.APPLICATION_JSON)
public class ExchangesResource {
    private final ExchangeReader exchanges;

    public ExchangesResource(ExchangeReader exchanges) {
        this.exchanges = exchanges;
    }

    /** The exchange that a verdict points to, with the whole chain of thought. */
    @GET
    @RolesAllowed(Role.VIEWS)
    @Path("{partition}/{offset}")
    public StoredExchange exchange(@RestPath String partition, @RestPath String offset) {
        return found(partition, offset)
                .orElseThrow(() -> ProblemException.notFound("There is no exchange at that place."));
    }

    private Optional<StoredExchange> found(String partition, String offset) {
        return partition.matches("\\d{1,6}") && offset.matches("\\d{1,18}")
                ? exchanges.at(Integer.parseInt(partition), Long.parseLong(offset))
                : Optional.empty();
    }
}
