package io.rationale.console.api;

import io.rationale.console.ConsoleSetup;
import io.rationale.console.status.Classifiers;
import io.rationale.core.status.ClassifierStatus;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;

/** How the classifiers and their R1 endpoints are. */
@Path("/api/v1/status")
@Produces(MediaType.APPLICATION_JSON)
public class StatusResource {
    private final Classifiers classifiers;
    private final ConsoleSetup setup;

    public StatusResource(Classifiers classifiers, ConsoleSetup setup) {
        this.classifiers = classifiers;
        this.setup = setup;
    }

    /**
     * Everything that judges.
     *
     * @param outage      why no R1 endpoint takes calls, or null
     * @param classifiers by instance
     */
    public record Status(Classifiers.Outage outage, List<Instance> classifiers) {}

    /**
     * A classifier.
     *
     * @param alive  whether it spoke lately
     * @param status what it said last
     */
    public record Instance(boolean alive, ClassifierStatus status) {}

    @GET
    public Status status() {
        Instant now = setup.clock().instant();
        List<Instance> instances = classifiers.all().stream()
                .map(status -> new Instance(Classifiers.isAlive(status, now), status))
                .toList();
        return new Status(classifiers.outage(now).orElse(null), instances);
    }
}
