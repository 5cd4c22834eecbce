package io.rationale.console.api;

import io.rationale.console.ConsoleSetup;
import io.rationale.console.access.Role;
import io.rationale.console.status.Classifiers;
import io.rationale.console.status.KafkaWatch;
import io.rationale.console.status.RetentionWatch;
import io.rationale.console.status.Vitals;
import io.rationale.core.status.ClassifierStatus;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;

/** How the classifiers, their R1 endpoints, this console and Kafka are: what is known now, without asking anybody. */
@Path("/api/v1/status")
@Produces(MediaType.APPLICATION_JSON)
public class StatusResource {
    private final Classifiers classifiers;
    private final Vitals vitals;
    private final RetentionWatch retention;
    private final ConsoleSetup setup;

    public StatusResource(Classifiers classifiers, Vitals vitals, RetentionWatch retention, ConsoleSetup setup) {
        this.classifiers = classifiers;
        this.vitals = vitals;
        this.retention = retention;
        this.setup = setup;
    }

    /**
     * Everything that judges.
     *
     * @param outage      why no R1 endpoint takes calls, or null
     * @param classifiers by instance
     * @param console     this one
     * @param topics      how much there is, and how much waits
     * @param retention   for how long each topic keeps its records; empty until Kafka has said it
     * @param kafka       whether Kafka answers
     */
    public record Status(
            Classifiers.Outage outage,
            List<Instance> classifiers,
            Vitals.Console console,
            Vitals.TopicFigures topics,
            List<RetentionWatch.Kept> retention,
            KafkaWatch.Reachability kafka) {}

    /**
     * A classifier.
     *
     * @param alive  whether it spoke lately
     * @param status what it said last
     */
    public record Instance(boolean alive, ClassifierStatus status) {}

    @GET
    @RolesAllowed(Role.VIEWS)
    public Status status() {
        Instant now = setup.clock().instant();
        List<Instance> instances = classifiers.all().stream()
                .map(status -> new Instance(Classifiers.isAlive(status, now), status))
                .toList();
        long notesLag = instances.stream()
                .filter(Instance::alive)
                .mapToLong(instance -> instance.status().lag())
                .sum();
        return new Status(
                classifiers.outage(now).orElse(null),
                instances,
                vitals.console(),
                vitals.topics(notesLag),
                retention.kept(),
                vitals.kafka());
    }
}
