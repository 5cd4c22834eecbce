package io.rationale.console.api;

import io.rationale.console.ConsoleSetup;
import io.rationale.console.access.Role;
import io.rationale.console.export.ExportFormat;
import io.rationale.console.export.VerdictExport;
import io.rationale.console.search.NoteQuery;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import org.jboss.resteasy.reactive.RestQuery;

/** Everything for other tools. */
@Path("/api/v1/export")
public class ExportResource {
    private final VerdictExport export;
    private final ConsoleSetup setup;

    public ExportResource(VerdictExport export, ConsoleSetup setup) {
        this.export = export;
        this.setup = setup;
    }

    /** One row a note of those that pass the filters, while they are read. */
    @GET
    @RolesAllowed(Role.VIEWS)
    @Path("verdicts")
    public Response verdicts(@BeanParam NoteQueryParameters filters, @RestQuery @DefaultValue("ndjson") String format) {
        ExportFormat known = ExportFormat.of(format)
                .orElseThrow(() -> ProblemException.badRequest("The format is one of ndjson, csv, parquet."));
        NoteQuery query = filters.query(setup.taxonomy(), setup.clock().instant());
        export.check();
        StreamingOutput rows = out -> write(query, known, out);
        return Response.ok(rows)
                .header(HttpHeaders.CONTENT_TYPE, known.mediaType())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"verdicts." + known.code() + "\"")
                .build();
    }

    private void write(NoteQuery query, ExportFormat format, OutputStream out) {
        try {
            export.write(query, format, out);
        } catch (IOException e) {
            throw new ReaderGoneException(e);
        }
    }
}
