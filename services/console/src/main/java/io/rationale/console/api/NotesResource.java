package io.rationale.console.api;

import io.rationale.console.ConsoleSetup;
import io.rationale.console.statistics.LabelledNoteKey;
import io.rationale.console.statistics.LabelledNotes;
import io.rationale.console.statistics.TableQuery;
import io.rationale.core.taxonomy.TaxonomyRef;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** The notes behind the counts. */
@Path("/api/v1/notes")
@Produces(MediaType.APPLICATION_JSON)
public class NotesResource {
    private static final int MOST = 500;

    private final LabelledNotes notes;
    private final NoteDetails details;
    private final ConsoleSetup setup;

    public NotesResource(LabelledNotes notes, NoteDetails details, ConsoleSetup setup) {
        this.notes = notes;
        this.details = details;
        this.setup = setup;
    }

    /**
     * A page of notes, the most agreed first.
     *
     * @param category a label, {@code ~undecided}, or nothing for all
     */
    @GET
    public LabelledNotes.Page list(
            @RestQuery String category,
            @RestQuery("source") List<String> sources,
            @RestQuery @DefaultValue("all") String window,
            @RestQuery @DefaultValue("50") String limit,
            @RestQuery String cursor) {
        TableQuery query = QueryParameters.query(window, sources, setup.clock().instant());
        try {
            return notes.page(prefix(category), query, QueryParameters.limit(limit, MOST), cursor);
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest("The cursor is not one that this list gave.");
        }
    }

    private String prefix(String category) {
        TaxonomyRef taxonomy = setup.taxonomy().ref();
        return category == null || category.isEmpty()
                ? LabelledNoteKey.prefix(taxonomy)
                : LabelledNoteKey.prefix(taxonomy, category);
    }

    /** One note with everything that was decided about it. */
    @GET
    @Path("{id: .+}")
    public NoteDetails.Detail note(@RestPath String id) {
        return details.of(id)
                .orElseThrow(() -> ProblemException.notFound("Nothing is decided about a note of that id."));
    }
}
