package io.rationale.console.api;

import io.rationale.console.ConsoleSetup;
import io.rationale.console.access.Role;
import io.rationale.console.statistics.CategoryTables;
import io.rationale.console.statistics.StatisticsView;
import io.rationale.console.statistics.Step;
import io.rationale.console.statistics.StoresUnavailableException;
import io.rationale.console.statistics.TableQuery;
import io.rationale.core.statistics.CategorySeries;
import io.rationale.core.statistics.CategoryTable;
import io.rationale.core.statistics.CrossTable;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** The counts. Every question can name a window that ends now or a range, sources, and a taxonomy version. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
public class StatisticsResource {
    private final CategoryTables tables;
    private final StatisticsView view;
    private final ConsoleSetup setup;

    public StatisticsResource(CategoryTables tables, StatisticsView view, ConsoleSetup setup) {
        this.tables = tables;
        this.view = view;
        this.setup = setup;
    }

    /** The table of categories. */
    @GET
    @RolesAllowed(Role.VIEWS)
    @Path("statistics")
    public CategoryTable statistics(
            @RestQuery String window,
            @RestQuery String from,
            @RestQuery String to,
            @RestQuery("source") List<String> sources,
            @RestQuery String taxonomy) {
        return tables.table(query(window, from, to, sources, taxonomy));
    }

    /** Counts over time, in steps of a {@code minute}, {@code hour} or {@code day}, or whichever fits. */
    @GET
    @RolesAllowed(Role.VIEWS)
    @Path("statistics/series")
    public CategorySeries series(
            @RestQuery String window,
            @RestQuery String from,
            @RestQuery String to,
            @RestQuery("source") List<String> sources,
            @RestQuery String taxonomy,
            @RestQuery @DefaultValue("auto") String step) {
        Step known = Step.of(step)
                .orElseThrow(() -> ProblemException.badRequest("The step is one of auto, minute, hour, day."));
        return tables.series(query(window, from, to, sources, taxonomy), known);
    }

    /** Categories by the values of a dimension: {@code source}, or a label that the configuration names. */
    @GET
    @RolesAllowed(Role.VIEWS)
    @Path("statistics/by/{dimension}")
    public CrossTable cross(
            @RestPath String dimension,
            @RestQuery String window,
            @RestQuery String from,
            @RestQuery String to,
            @RestQuery("source") List<String> sources,
            @RestQuery String taxonomy) {
        return tables.cross(query(window, from, to, sources, taxonomy), dimension);
    }

    /** Every source that has notes, sorted. */
    @GET
    @RolesAllowed(Role.VIEWS)
    @Path("sources")
    public List<String> sources() {
        checkLoaded();
        return tables.sources();
    }

    private TableQuery query(String window, String from, String to, List<String> sources, String taxonomy) {
        TableQuery query = QueryParameters.query(
                window, from, to, sources, taxonomy, setup.clock().instant());
        checkLoaded();
        return query;
    }

    private void checkLoaded() {
        if (!view.loaded()) {
            throw new StoresUnavailableException("The counts are being read.");
        }
    }
}
