package io.rationale.classifier.r1.cluster;

import java.util.Objects;

/**
 * Where a server is.
 *
 * @param name   base URL without credentials; two endpoints with the same name are the same
 * @param server to call it
 */
public record Endpoint(String name, Server server) {
    public Endpoint {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(server, "server");
    }
}
