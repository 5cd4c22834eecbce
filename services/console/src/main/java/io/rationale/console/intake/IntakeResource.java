package io.rationale.console.intake;

import io.rationale.console.access.Role;
import io.rationale.console.api.ProblemException;
import io.rationale.core.intake.IntakeAnswer;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.multipart.FileUpload;

/** Takes notes over HTTP. */
@Path("/api/v1/notes")
@Produces(MediaType.APPLICATION_JSON)
public class IntakeResource {
    private final IntakeService service;
    private final IntakeMetrics metrics;

    IntakeResource(IntakeService service, IntakeMetrics metrics) {
        this.service = service;
        this.metrics = metrics;
    }

    /** The body is the notes, in any of the formats. Answers when Kafka has every accepted note. */
    @POST
    @RolesAllowed(Role.WRITES)
    @Consumes(MediaType.WILDCARD)
    @Blocking
    public Response send(
            @Context HttpHeaders headers,
            @RestQuery String source,
            @RestQuery String textColumn,
            @RestQuery String idColumn,
            InputStream body)
            throws IOException, InterruptedException {
        return counted(() -> {
            IntakeHeaders given = IntakeHeaders.of(headers, service.maxBodyBytes());
            NotesBody about = new NotesBody(
                    given.format(), "The body", "http", source, textColumn, idColumn, given.traceparent());
            return service.take(about, body, given.idempotencyKey());
        });
    }

    /** A file that a browser uploads, in the form's field {@code file}. */
    @POST
    @RolesAllowed(Role.WRITES)
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Blocking
    public Response upload(
            @Context HttpHeaders headers,
            @RestQuery String source,
            @RestQuery String textColumn,
            @RestQuery String idColumn,
            @RestForm("file") FileUpload file)
            throws IOException, InterruptedException {
        return counted(() -> {
            IntakeHeaders given = IntakeHeaders.ofUpload(headers, file);
            String name = file.fileName() == null || file.fileName().isBlank() ? "upload" : file.fileName();
            NotesBody about = new NotesBody(
                    given.format(), name, baseName(name), source, textColumn, idColumn, given.traceparent());
            try (InputStream body = Files.newInputStream(file.uploadedFile())) {
                return service.take(about, body, given.idempotencyKey());
            }
        });
    }

    private static String baseName(String file) {
        String base = file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
        return base.isBlank() ? "upload" : base;
    }

    @FunctionalInterface
    private interface Taking {
        IntakeAnswer take() throws IOException, InterruptedException;
    }

    private Response counted(Taking taking) throws IOException, InterruptedException {
        try {
            IntakeAnswer answer = taking.take();
            metrics.notes(answer.accepted(), answer.rejected());
            metrics.request(202);
            return Response.accepted(answer).build();
        } catch (ProblemException e) {
            metrics.notes(count(e, "accepted"), count(e, "rejected"));
            metrics.request(e.problem().status());
            throw e;
        } catch (IOException e) {
            metrics.request(400);
            throw ProblemException.badRequest("The body ended before its end, or could not be read.");
        } catch (RuntimeException e) {
            metrics.request(500);
            throw e;
        }
    }

    private static long count(ProblemException e, String member) {
        return e.problem().members().get(member) instanceof Long number ? number : 0;
    }
}
