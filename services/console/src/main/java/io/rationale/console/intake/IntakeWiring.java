package io.rationale.console.intake;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.MemorySize;
import io.rationale.console.ConsoleConfig;
import io.rationale.console.ConsoleSetup;
import io.rationale.console.kafka.KafkaClients;
import io.rationale.core.note.NoteDecoder;
import io.rationale.core.redaction.Redactor;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts the intake together. */
@Singleton
public class IntakeWiring {
    private static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(1);

    @Produces
    @Singleton
    IntakeService service(
            KafkaClients clients,
            ConsoleSetup setup,
            ConsoleConfig config,
            Redactor redactor,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize serverLimit) {
        ConsoleConfig.Intake intake = config.intake();
        if (intake.maxBodyBytes() < 1 || intake.maxBodyBytes() > serverLimit.asLongValue()) {
            throw new IllegalArgumentException("rationale.intake.max-body-bytes is " + intake.maxBodyBytes()
                    + ": set it from 1 to quarkus.http.limits.max-body-size, which is " + serverLimit.asLongValue()
                    + ", or raise that, too.");
        }
        if (intake.maxRequests() < 1) {
            throw new IllegalArgumentException(
                    "rationale.intake.max-requests is " + intake.maxRequests() + ": set it to 1 or more.");
        }
        if (intake.timeout().compareTo(SHORTEST_TIMEOUT) < 0) {
            throw new IllegalArgumentException(
                    "rationale.intake.timeout is " + intake.timeout() + ": set it to 1s or more.");
        }
        NoteDecoder decoder = NoteDecoder.DEFAULT
                .withMaxTextBytes(config.note().maxTextBytes())
                .redacting(redactor);
        IntakeService.Limits limits =
                new IntakeService.Limits(intake.maxBodyBytes(), intake.maxRequests(), intake.timeout(), decoder);
        return new IntakeService(clients, setup.topics(), limits, setup.clock());
    }

    @Produces
    @Singleton
    IntakeMetrics metrics(MeterRegistry registry) {
        return new IntakeMetrics(registry);
    }

    void start(@Observes StartupEvent event, IntakeService service) {
        service.start();
    }

    void stop(@Observes ShutdownEvent event, IntakeService service) {
        service.close();
    }
}
