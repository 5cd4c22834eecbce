package io.rationale.console.api;

import io.rationale.console.ConsoleSetup;
import io.rationale.console.statistics.CategoryTables;
import io.rationale.console.statistics.StatisticsView;
import io.rationale.console.statistics.StoresUnavailableException;
import io.rationale.core.statistics.CategoryTable;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;

/** The table of categories. */
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

    /** The table of a window that ends now, of the given sources or of all. */
    @GET
    @Path("statistics")
    public CategoryTable statistics(
            @RestQuery @DefaultValue("all") String window, @RestQuery("source") List<String> sources) {
        var query = QueryParameters.query(window, sources, setup.clock().instant());
        checkLoaded();
        return tables.table(query);
    }

    /** Every source that has notes, sorted. */
    @GET
    @Path("sources")
    public List<String> sources() {
        checkLoaded();
        return tables.sources();
    }

    private void checkLoaded() {
        if (!view.loaded()) {
            throw new StoresUnavailableException("The counts are being read.");
        }
    }
}
