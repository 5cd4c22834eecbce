package io.rationale.local.command;

import io.rationale.core.redaction.Kind;
import java.util.List;
import picocli.CommandLine.Option;

/** What is taken out of notes, for a command that starts the services. */
final class RedactOption {
    @Option(
            names = "--redact",
            paramLabel = "KINDS",
            description = "Personal data that is taken out of notes before anything is stored or sent to R1: some of"
                    + " email, phone, card, iban, ip, birth-date, separated by commas, or none (default: all of them,"
                    + " or as rationale.redaction.kinds says).")
    private String kinds;

    /** Tells the services, which read their configuration when they start. */
    void apply() {
        if (kinds == null) {
            return;
        }
        try {
            Kind.setOf(List.of(kinds.split(",")));
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage().replace("rationale.redaction.kinds", "--redact"));
        }
        System.setProperty("rationale.redaction.kinds", kinds);
    }
}
