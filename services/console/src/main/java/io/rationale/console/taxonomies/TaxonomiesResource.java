package io.rationale.console.taxonomies;

import io.rationale.console.access.CurrentCaller;
import io.rationale.console.access.Role;
import io.rationale.console.api.JsonBody;
import io.rationale.console.api.OtherSites;
import io.rationale.console.api.ProblemException;
import io.rationale.console.statistics.CategoryTables;
import io.rationale.console.statistics.StatisticsView;
import io.rationale.console.statistics.StoresUnavailableException;
import io.rationale.core.taxonomy.InvalidTaxonomyException;
import io.rationale.core.taxonomy.Taxonomies;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.taxonomy.TaxonomyDiff;
import io.rationale.core.taxonomy.TaxonomyRef;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** Versions of taxonomies: what there is, proposals, and which one notes are judged under. */
@Path("/api/v1/taxonomies")
public class TaxonomiesResource {
    /** YAML as people edit it. */
    static final String YAML = "application/yaml";

    private static final int MOST_BYTES = 4 * 1024 * 1024;
    private static final Pattern REF = Pattern.compile("(.+)@([1-9]\\d{0,8})");

    private final CategoryTables tables;
    private final StatisticsView view;
    private final TaxonomyService taxonomies;
    private final CurrentCaller caller;

    TaxonomiesResource(CategoryTables tables, StatisticsView view, TaxonomyService taxonomies, CurrentCaller caller) {
        this.tables = tables;
        this.view = view;
        this.taxonomies = taxonomies;
        this.caller = caller;
    }

    /** Every version that has notes or a definition, the active one first. */
    @GET
    @RolesAllowed(Role.VIEWS)
    @Produces(MediaType.APPLICATION_JSON)
    public List<CategoryTables.Version> list() {
        if (!view.loaded()) {
            throw new StoresUnavailableException("The counts are being read.");
        }
        return tables.versions();
    }

    /** A new version, as a proposal: YAML or JSON. */
    @POST
    @RolesAllowed(Role.ADMINISTERS)
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @Blocking
    public Response propose(@Context HttpHeaders headers, InputStream body) throws IOException, InterruptedException {
        refuseOtherSites(headers);
        Taxonomy proposed = taxonomies.propose(taxonomy(body), by());
        return created(proposed);
    }

    /** One version, with the tag that a change of it must name. */
    @GET
    @RolesAllowed(Role.VIEWS)
    @Path("{ref}")
    @Produces({MediaType.APPLICATION_JSON, YAML})
    public Response get(@Context HttpHeaders headers, @RestPath String ref) {
        Taxonomy taxonomy = taxonomies.find(ref(ref));
        boolean asYaml = headers.getAcceptableMediaTypes().stream()
                .findFirst()
                .filter(type -> type.getSubtype().endsWith("yaml"))
                .isPresent();
        return asYaml
                ? Response.ok(Taxonomies.write(taxonomy), YAML)
                        .tag(TaxonomyService.tag(taxonomy))
                        .build()
                : tagged(Response.ok(), taxonomy).build();
    }

    /** Another content of a proposal. */
    @PUT
    @RolesAllowed(Role.REVIEWS)
    @Path("{ref}")
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @Blocking
    public Response replace(@Context HttpHeaders headers, @RestPath String ref, InputStream body)
            throws IOException, InterruptedException {
        refuseOtherSites(headers);
        Taxonomy replaced = taxonomies.replace(ref(ref), tag(headers), by(), taxonomy(body));
        return tagged(Response.ok(), replaced).build();
    }

    /** A proposal that says what that version says, to be edited. */
    @POST
    @RolesAllowed(Role.REVIEWS)
    @Path("{ref}/draft")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Blocking
    public Response draft(@Context HttpHeaders headers, @RestPath String ref, InputStream body)
            throws IOException, InterruptedException {
        refuseOtherSites(headers);
        Taxonomy draft = taxonomies.draft(ref(ref), json(body).by());
        return created(draft);
    }

    /** One change of a proposal. */
    @POST
    @RolesAllowed(Role.REVIEWS)
    @Path("{ref}/edits")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Blocking
    public Response edit(@Context HttpHeaders headers, @RestPath String ref, InputStream body)
            throws IOException, InterruptedException {
        refuseOtherSites(headers);
        String tag = tag(headers);
        JsonBody asked = json(body);
        Taxonomy edited = taxonomies.edit(ref(ref), tag, asked.by(), ProposalEdit.read(asked.object("edit")));
        return tagged(Response.ok(), edited).build();
    }

    /**
     * What became of that version's categories in another one.
     *
     * @param to the other one; the active one unless given
     */
    @GET
    @RolesAllowed(Role.VIEWS)
    @Path("{ref}/diff")
    @Produces(MediaType.APPLICATION_JSON)
    public TaxonomyDiff diff(@RestPath String ref, @RestQuery String to) {
        Taxonomy from = taxonomies.find(ref(ref));
        return TaxonomyDiff.between(from, to == null ? taxonomies.active() : taxonomies.find(ref(to)));
    }

    /** Has notes judged under that version from now on. */
    @POST
    @RolesAllowed(Role.ADMINISTERS)
    @Path("{ref}/activate")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Blocking
    public Response activate(@Context HttpHeaders headers, @RestPath String ref, InputStream body)
            throws IOException, InterruptedException {
        refuseOtherSites(headers);
        Taxonomy active = taxonomies.activate(ref(ref), json(body).by());
        return tagged(Response.ok(), active).build();
    }

    /** Puts a version away. */
    @POST
    @RolesAllowed(Role.ADMINISTERS)
    @Path("{ref}/retire")
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @Blocking
    public Response retire(@Context HttpHeaders headers, @RestPath String ref) throws InterruptedException {
        refuseOtherSites(headers);
        return tagged(Response.ok(), taxonomies.retire(ref(ref), by())).build();
    }

    private JsonBody json(InputStream body) throws IOException {
        return JsonBody.read(body, MOST_BYTES).signed(caller.name());
    }

    /** Who changes something by a body that has no room for a name; null where nobody is asked. */
    private String by() {
        return caller.name().orElse(null);
    }

    private static Response created(Taxonomy taxonomy) {
        return tagged(Response.created(URI.create("/api/v1/taxonomies/" + taxonomy.ref())), taxonomy)
                .build();
    }

    private static String tag(HttpHeaders headers) {
        String tag = headers.getHeaderString(HttpHeaders.IF_MATCH);
        if (tag == null) {
            throw ProblemException.of(
                    428, "Say in If-Match which content you have changed: the ETag that came with the version.");
        }
        return tag.strip().replace("\"", "");
    }

    private static Response.ResponseBuilder tagged(Response.ResponseBuilder response, Taxonomy taxonomy) {
        return response.entity(taxonomy).type(MediaType.APPLICATION_JSON).tag(TaxonomyService.tag(taxonomy));
    }

    private static void refuseOtherSites(HttpHeaders headers) {
        OtherSites.refuse(headers, "Taxonomies are not changed from pages of other sites.");
    }

    /** A version's name in an address. @throws ProblemException 400 when it is none */
    public static TaxonomyRef ref(String given) {
        Matcher parts = REF.matcher(given);
        if (!parts.matches()) {
            throw ProblemException.badRequest("The taxonomy is named by id and version: rag-failures@1 for example.");
        }
        return new TaxonomyRef(parts.group(1), Integer.parseInt(parts.group(2)));
    }

    private static Taxonomy taxonomy(InputStream body) throws IOException {
        try {
            return Taxonomies.parse(read(body));
        } catch (InvalidTaxonomyException e) {
            throw TaxonomyService.refused(e.getMessage(), e.faults());
        }
    }

    private static byte[] read(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw ProblemException.of(413, "A taxonomy has at most " + MOST_BYTES + " bytes.");
        }
        return bytes;
    }
}
