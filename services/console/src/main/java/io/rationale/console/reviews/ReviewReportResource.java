package io.rationale.console.reviews;

import io.rationale.console.ConsoleSetup;
import io.rationale.console.access.Role;
import io.rationale.console.api.ProblemException;
import io.rationale.console.api.QueryParameters;
import io.rationale.core.review.ReviewReport;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;

/** How far people and R1 agree. */
@Path("/api/v1/reviews")
@Produces(MediaType.APPLICATION_JSON)
public class ReviewReportResource {
    private final ReviewReports reports;
    private final ConsoleSetup setup;

    public ReviewReportResource(ReviewReports reports, ConsoleSetup setup) {
        this.reports = reports;
        this.setup = setup;
    }

    /** Agreement, confusion, and the shares that people would find. */
    @GET
    @RolesAllowed(Role.VIEWS)
    public ReviewReport report(
            @RestQuery String window,
            @RestQuery String from,
            @RestQuery String to,
            @RestQuery("source") List<String> sources,
            @RestQuery String taxonomy,
            @RestQuery @DefaultValue("all") String selection) {
        ReviewReports.Reviews reviews = Arrays.stream(ReviewReports.Reviews.values())
                .filter(each -> each.code().equals(selection))
                .findFirst()
                .orElseThrow(() -> ProblemException.badRequest("The selection is all or random."));
        return reports.report(
                QueryParameters.query(
                        window, from, to, sources, taxonomy, setup.clock().instant()),
                reviews);
    }
}
