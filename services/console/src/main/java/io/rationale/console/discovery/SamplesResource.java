package io.rationale.console.discovery;

import io.rationale.console.access.Role;
import io.rationale.console.api.QueryParameters;
import io.rationale.console.taxonomies.TaxonomiesResource;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** Notes that show what the categories of a version mean. */
@Path("/api/v1/taxonomies/{ref}/samples")
@Produces(MediaType.APPLICATION_JSON)
public class SamplesResource {
    private static final int MOST = 10;
    private static final String FEW = "3";

    private final CategorySamples samples;

    SamplesResource(CategorySamples samples) {
        this.samples = samples;
    }

    /** A few of each category. @param limit of a category */
    @GET
    @RolesAllowed(Role.VIEWS)
    @Blocking
    public CategorySamples.Samples samples(@RestPath String ref, @RestQuery String limit) {
        return samples.of(TaxonomiesResource.ref(ref), QueryParameters.limit(limit == null ? FEW : limit, MOST));
    }
}
