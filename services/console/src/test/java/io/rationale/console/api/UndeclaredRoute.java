package io.rationale.console.api;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** A route whose author forgot to say who may use it. */
@Path("/api/v1/undeclared")
public class UndeclaredRoute {
    @GET
    public String get() {
        return "a secret";
    }
}
