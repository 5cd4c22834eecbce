package io.rationale.topics.redaction;

import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is taken out of notes before anything is stored or sent to R1; the same in every service of a deployment. */
public interface RedactionConfig {
    /** Kinds that are known without configuration: email, phone, card, iban, ip, birth-date; or none. */
    @WithDefault("email,phone,card,iban,ip,birth-date")
    Optional<List<String>> kinds();

    /** Expressions in RE2's syntax, by the name of the placeholder. */
    Map<String, String> expressions();

    /** Files with a word or phrase a line, by the name of the placeholder. */
    Map<String, Path> words();
}
