package io.rationale.console.deadletters;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.rationale.console.ConsoleConfig;
import io.rationale.console.ConsoleSetup;
import io.rationale.console.kafka.KafkaClients;
import io.rationale.console.notes.AuditReader;
import io.rationale.console.notes.DeadLetterReader;
import io.rationale.console.search.NoteSearch;
import io.rationale.core.note.NoteDecoder;
import io.rationale.core.redaction.Redactor;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Puts the dead letters together. */
@Singleton
public class DeadLetterWiring {
    @Produces
    @Singleton
    DeadLetterReader reader(KafkaClients clients, ConsoleSetup setup) {
        return new DeadLetterReader(clients, setup.topics().deadLetters());
    }

    @Produces
    @Singleton
    LetterCounts counts(KafkaClients clients, ConsoleSetup setup) {
        return new LetterCounts(clients, setup.topics().deadLetters());
    }

    @Produces
    @Singleton
    NoteResender resender(KafkaClients clients, ConsoleSetup setup, Redactor redactor, ConsoleConfig config) {
        return new NoteResender(
                clients, setup.topics().notes(), redactor, config.intake().timeout());
    }

    void close(@Disposes NoteResender resender) {
        resender.close();
    }

    @Produces
    @Singleton
    DeadLetters letters(
            DeadLetterReader reader,
            LetterCounts counts,
            NoteSearch notes,
            AuditReader audit,
            NoteResender resender,
            ConsoleSetup setup,
            ConsoleConfig config) {
        NoteDecoder decoder = NoteDecoder.DEFAULT.withMaxTextBytes(config.note().maxTextBytes());
        LetterReading reading = new LetterReading(decoder, setup.topics().notes());
        return new DeadLetters(reader, reading, counts, notes, audit, resender, () -> setup.taxonomy()
                .ref());
    }

    void start(@Observes StartupEvent event, LetterCounts counts) {
        counts.start();
    }

    void stop(@Observes ShutdownEvent event, LetterCounts counts) {
        counts.close();
    }
}
