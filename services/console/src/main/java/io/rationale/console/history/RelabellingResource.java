package io.rationale.console.history;

import io.rationale.console.ConsoleSetup;
import io.rationale.console.access.Role;
import io.rationale.console.api.QueryParameters;
import io.rationale.console.api.QueryParameters.Bound;
import io.rationale.core.statistics.Relabelling;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;

/** Whether something changed, or was only called something else. */
@Path("/api/v1/statistics/relabelling")
@Produces(MediaType.APPLICATION_JSON)
public class RelabellingResource {
    private final Relabellings relabellings;
    private final ConsoleSetup setup;

    public RelabellingResource(Relabellings relabellings, ConsoleSetup setup) {
        this.relabellings = relabellings;
        this.setup = setup;
    }

    /** Both countings of the notes judged under both versions, and what of each category's change is relabelling. */
    @GET
    @RolesAllowed(Role.VIEWS)
    public Relabelling relabelling(
            @RestQuery String from,
            @RestQuery String to,
            @RestQuery String window,
            @RestQuery String since,
            @RestQuery String until,
            @RestQuery("source") List<String> sources) {
        return relabellings.of(
                QueryParameters.query(
                        window,
                        new Bound("since", since),
                        new Bound("until", until),
                        sources,
                        setup.clock().instant()),
                QueryParameters.taxonomy(from),
                QueryParameters.taxonomy(to));
    }
}
