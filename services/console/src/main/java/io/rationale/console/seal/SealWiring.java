package io.rationale.console.seal;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.rationale.console.Configured;
import io.rationale.console.ConsoleConfig;
import io.rationale.console.ConsoleSetup;
import io.rationale.console.kafka.KafkaClients;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Starts and ends the sealer. */
@Singleton
public class SealWiring {
    /** In a process that holds the classifier, too, behind its end: what it writes last is sealed. */
    private static final int AFTER_THE_WRITERS = 3_000;

    private AuditSealer sealer;

    void start(@Observes StartupEvent event, ConsoleConfig config, ConsoleSetup setup, KafkaClients clients) {
        ConsoleConfig.Seal seal = config.seal();
        AuditSealer.Settings settings =
                Configured.part(() -> new AuditSealer.Settings(seal.linger(), seal.maxRecords()));
        if (seal.enabled()) {
            sealer = new AuditSealer(
                    clients, producer -> clients.producer("sealer", producer), setup.topics(), settings, setup.clock());
            sealer.start();
        }
    }

    void stop(@Observes @Priority(AFTER_THE_WRITERS) ShutdownEvent event) {
        if (sealer != null) {
            sealer.close();
        }
    }
}
