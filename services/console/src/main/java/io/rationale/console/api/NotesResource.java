package io.rationale.console.api;

import io.rationale.console.ConsoleSetup;
import io.rationale.console.access.Role;
import io.rationale.console.search.NoteOrder;
import io.rationale.console.search.NotePage;
import io.rationale.console.search.NoteQuery;
import io.rationale.console.search.NoteSearch;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** The notes behind the counts. */
@Path("/api/v1/notes")
@Produces(MediaType.APPLICATION_JSON)
public class NotesResource {
    private static final int MOST = 500;
    private static final String MARKDOWN = "text/markdown";
    private static final MediaType MARKDOWN_TYPE = MediaType.valueOf(MARKDOWN);

    private final NoteSearch notes;
    private final NoteDetails details;
    private final NoteMarkdown markdown;
    private final ConsoleSetup setup;

    public NotesResource(NoteSearch notes, NoteDetails details, NoteMarkdown markdown, ConsoleSetup setup) {
        this.notes = notes;
        this.details = details;
        this.markdown = markdown;
        this.setup = setup;
    }

    /** A page of the notes that pass the filters. */
    @GET
    @RolesAllowed(Role.VIEWS)
    public NotePage list(
            @BeanParam NoteQueryParameters filters,
            @RestQuery @DefaultValue("50") String limit,
            @RestQuery String cursor) {
        NoteQuery query = filters.query(setup.taxonomy(), setup.clock().instant());
        NoteOrder order = filters.order();
        int most = QueryParameters.limit(limit, MOST);
        try {
            return notes.read(snapshot -> snapshot.page(query, order, most, cursor));
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest(e.getMessage());
        }
    }

    /** One note with everything that was decided about it; in Markdown for people to paste elsewhere. */
    @GET
    @RolesAllowed(Role.VIEWS)
    @Path("{id: .+}")
    @Produces({MediaType.APPLICATION_JSON, MARKDOWN})
    public Response note(@Context HttpHeaders headers, @RestPath String id) {
        NoteDetails.Detail note = details.of(id)
                .orElseThrow(() -> ProblemException.notFound("Nothing is decided about a note of that id."));
        return wantsMarkdown(headers)
                ? Response.ok(markdown.of(note), MARKDOWN + ";charset=UTF-8").build()
                : Response.ok(note, MediaType.APPLICATION_JSON).build();
    }

    /** Two methods would do, but for the 406 that the framework answers for one only. */
    private static boolean wantsMarkdown(HttpHeaders headers) {
        return headers.getAcceptableMediaTypes().stream()
                .filter(type -> type.isCompatible(MediaType.APPLICATION_JSON_TYPE) || type.isCompatible(MARKDOWN_TYPE))
                .findFirst()
                .map(type -> !type.isCompatible(MediaType.APPLICATION_JSON_TYPE))
                .orElse(false);
    }
}
