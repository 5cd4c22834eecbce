package io.rationale.console.statistics;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.rationale.console.ConsoleConfig;
import io.rationale.console.ConsoleSetup;
import io.rationale.console.kafka.KafkaClients;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.OptionalInt;

/** Starts what belongs to the statistics and is asked by nobody. */
@Singleton
public class StatisticsWiring {
    private Optional<StandbyReplicas> standbyReplicas = Optional.empty();

    void start(@Observes StartupEvent event, ConsoleConfig config, ConsoleSetup setup, KafkaClients clients) {
        OptionalInt replicas = config.statistics().standbyReplicas();
        if (replicas.isPresent()) {
            if (replicas.getAsInt() < 0) {
                throw new ConfigurationException(
                        "rationale.statistics.standby-replicas is " + replicas.getAsInt() + ": set it to 0 or more.");
            }
            standbyReplicas = Optional.of(new StandbyReplicas(clients, setup.applicationId(), replicas.getAsInt()));
            standbyReplicas.get().start();
        }
    }

    void stop(@Observes ShutdownEvent event) {
        standbyReplicas.ifPresent(StandbyReplicas::close);
    }
}
