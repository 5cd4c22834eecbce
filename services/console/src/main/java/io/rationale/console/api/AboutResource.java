package io.rationale.console.api;

import io.rationale.console.ConsoleSetup;
import io.rationale.console.access.Role;
import io.rationale.console.statistics.StatisticsView;
import io.rationale.console.statistics.UnreadableRecords;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.taxonomy.TaxonomyRef;
import io.rationale.core.verdict.Provenance;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** What this console is and by which taxonomy it counts. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
public class AboutResource {
    private final ConsoleSetup setup;
    private final StatisticsView view;
    private final UnreadableRecords unreadable;

    public AboutResource(ConsoleSetup setup, StatisticsView view, UnreadableRecords unreadable) {
        this.setup = setup;
        this.view = view;
        this.unreadable = unreadable;
    }

    /**
     * What this console is.
     *
     * @param version           of the build
     * @param taxonomy          the version whose labels are shown
     * @param title             the taxonomy's
     * @param simulated         whether the simulator stood in for R1 for any note so far
     * @param topicPrefix       of the deployment
     * @param unreadableRecords audit records passed over since the start
     */
    public record About(
            String version,
            TaxonomyRef taxonomy,
            String title,
            boolean simulated,
            String topicPrefix,
            long unreadableRecords) {}

    @GET
    @RolesAllowed(Role.VIEWS)
    @Path("about")
    public About about() {
        Taxonomy taxonomy = setup.taxonomy();
        return new About(
                setup.version(),
                taxonomy.ref(),
                taxonomy.title(),
                simulated(),
                setup.topics().prefix(),
                unreadable.count());
    }

    private boolean simulated() {
        return view.models(setup.taxonomy().ref()).stream().anyMatch(Provenance::isSimulated);
    }

    /** The whole taxonomy: names, definitions, remedies. */
    @GET
    @RolesAllowed(Role.VIEWS)
    @Path("taxonomy")
    public Taxonomy taxonomy() {
        return setup.taxonomy();
    }
}
