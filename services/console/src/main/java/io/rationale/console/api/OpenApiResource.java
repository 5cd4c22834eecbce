package io.rationale.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.rationale.console.ConsoleSetup;
import io.rationale.core.json.Json;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The API's contract, which is written by hand in {@code openapi.yaml}: examples and sentences for people, and no second
 * description of each record in annotations. Tests hold it against the routes and their answers.
 */
@Path("/api/v1/openapi")
public class OpenApiResource {
    private final ConsoleSetup setup;

    public OpenApiResource(ConsoleSetup setup) {
        this.setup = setup;
    }

    @GET
    @PermitAll
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] json() {
        return Json.bytes(document());
    }

    @GET
    @PermitAll
    @Produces({"application/yaml", "application/vnd.oai.openapi", "text/yaml"})
    public byte[] yaml() {
        try {
            return new YAMLMapper().writeValueAsBytes(document());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ObjectNode document() {
        try (InputStream yaml = OpenApiResource.class.getResourceAsStream("openapi.yaml")) {
            ObjectNode document = (ObjectNode) new YAMLMapper().readTree(yaml);
            document.withObjectProperty("info").put("version", setup.version());
            return document;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
