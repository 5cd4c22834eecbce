package io.rationale.console.redaction;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.StartupEvent;
import io.rationale.console.Configured;
import io.rationale.console.ConsoleConfig;
import io.rationale.core.redaction.Redactor;
import io.rationale.topics.redaction.Redactors;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes what takes personal data out, with its meter. */
@Singleton
public class RedactionWiring {
    @Produces
    @Singleton
    @Unremovable
    Redactor redactor(ConsoleConfig config, MeterRegistry registry) {
        return Configured.part(() -> Redactors.of(config.redaction(), (kind, count) -> count(registry, kind, count)));
    }

    private static void count(MeterRegistry registry, String kind, int count) {
        Counter.builder("rationale.redactions")
                .description("Personal data taken out of notes and dead letters")
                .tag("kind", kind)
                .register(registry)
                .increment(count);
    }

    /** Made at the start, so that a wrong setting is told then. */
    void start(@Observes StartupEvent event, Redactor redactor) {
        redactor.isOff();
    }
}
