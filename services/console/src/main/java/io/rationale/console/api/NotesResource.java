package io.rationale.console.api;

import io.rationale.console.ConsoleSetup;
import io.rationale.console.search.NoteOrder;
import io.rationale.console.search.NotePage;
import io.rationale.console.search.NoteQuery;
import io.rationale.console.search.NoteSearch;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** The notes behind the counts. */
@Path("/api/v1/notes")
@Produces(MediaType.APPLICATION_JSON)
public class NotesResource {
    private static final int MOST = 500;

    private final NoteSearch notes;
    private final NoteDetails details;
    private final ConsoleSetup setup;

    public NotesResource(NoteSearch notes, NoteDetails details, ConsoleSetup setup) {
        this.notes = notes;
        this.details = details;
        this.setup = setup;
    }

    /** A page of the notes that pass the filters. */
    @GET
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

    /** One note with everything that was decided about it. */
    @GET
    @Path("{id: .+}")
    public NoteDetails.Detail note(@RestPath String id) {
        return details.of(id)
                .orElseThrow(() -> ProblemException.notFound("Nothing is decided about a note of that id."));
    }
}
