package io.rationale.console.discovery;

import io.rationale.console.access.CurrentCaller;
import io.rationale.console.access.Role;
import io.rationale.console.api.JsonBody;
import io.rationale.console.api.OtherSites;
import io.rationale.console.taxonomies.TaxonomyService;
import io.rationale.core.discovery.DiscoveryReport;
import io.rationale.core.taxonomy.Taxonomy;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.HttpServerResponse;
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
import java.util.Map;
import org.jboss.resteasy.reactive.RestPath;

/** Patterns that R1 finds in notes: asked for, followed, ended, made a proposal. */
@Path("/api/v1/discoveries")
@Produces(MediaType.APPLICATION_JSON)
public class DiscoveriesResource {
    private static final int MOST_BYTES = 256 * 1024;
    private static final String MARKDOWN = "text/markdown";

    /** The report is one file with its style inside; it can do even less than the page. */
    private static final String REPORT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none';"
            + " form-action 'none'; frame-ancestors 'none'; sandbox";

    private final DiscoveryService discoveries;
    private final CurrentCaller caller;

    DiscoveriesResource(DiscoveryService discoveries, CurrentCaller caller) {
        this.discoveries = discoveries;
        this.caller = caller;
    }

    /** Begins with drawing the sample. */
    @POST
    @RolesAllowed(Role.ADMINISTERS)
    @Consumes(MediaType.APPLICATION_JSON)
    @Blocking
    public Response begin(@Context HttpHeaders headers, InputStream body) throws IOException, InterruptedException {
        refuseOtherSites(headers);
        String id = discoveries.begin(read(body));
        return Response.accepted(Map.of("id", id))
                .location(URI.create("/api/v1/discoveries/" + id))
                .build();
    }

    /** How all stand, newest first. */
    @GET
    @RolesAllowed(Role.VIEWS)
    @Blocking
    public DiscoveryAnswer.Listed list() {
        return new DiscoveryAnswer.Listed(discoveries.list());
    }

    /** One with all that it found. */
    @GET
    @RolesAllowed(Role.VIEWS)
    @Path("{id}")
    @Blocking
    public DiscoveryAnswer.Whole get(@RestPath String id) {
        return discoveries.get(id);
    }

    /** What it found, with the chain of thought of every step. */
    @GET
    @RolesAllowed(Role.VIEWS)
    @Path("{id}/report")
    @Produces({MediaType.TEXT_HTML, MARKDOWN})
    @Blocking
    public Response report(@Context HttpHeaders headers, @Context HttpServerResponse response, @RestPath String id) {
        DiscoveryReport report = discoveries.report(id);
        // In place of the page's own: a further one would not allow more.
        response.headers().set("Content-Security-Policy", REPORT_POLICY);
        boolean asMarkdown = headers.getAcceptableMediaTypes().stream()
                .findFirst()
                .filter(type -> type.getSubtype().equals("markdown"))
                .isPresent();
        return asMarkdown
                ? Response.ok(report.markdown(), MARKDOWN + ";charset=UTF-8").build()
                : Response.ok(report.html(), MediaType.TEXT_HTML + ";charset=UTF-8")
                        .build();
    }

    /** Ends it. */
    @POST
    @RolesAllowed(Role.ADMINISTERS)
    @Path("{id}/cancel")
    @Consumes(MediaType.APPLICATION_JSON)
    @Blocking
    public Response cancel(@Context HttpHeaders headers, @RestPath String id, InputStream body)
            throws IOException, InterruptedException {
        refuseOtherSites(headers);
        return Response.accepted(discoveries.cancel(id, read(body).by())).build();
    }

    /** Makes a proposal of what it found. */
    @POST
    @RolesAllowed(Role.ADMINISTERS)
    @Path("{id}/proposal")
    @Consumes(MediaType.APPLICATION_JSON)
    @Blocking
    public Response propose(@Context HttpHeaders headers, @RestPath String id, InputStream body)
            throws IOException, InterruptedException {
        refuseOtherSites(headers);
        Taxonomy proposed = discoveries.propose(id, read(body));
        return Response.created(URI.create("/api/v1/taxonomies/" + proposed.ref()))
                .entity(proposed)
                .tag(TaxonomyService.tag(proposed))
                .build();
    }

    private JsonBody read(InputStream body) throws IOException {
        return JsonBody.read(body, MOST_BYTES).signed(caller.name());
    }

    private static void refuseOtherSites(HttpHeaders headers) {
        OtherSites.refuse(headers, "Discoveries are not asked for from pages of other sites.");
    }
}
