package io.rationale.topics.redaction;

import io.rationale.core.redaction.Kind;
import io.rationale.core.redaction.RedactionSettings;
import io.rationale.core.redaction.Redactor;
import java.util.List;
import java.util.function.ObjIntConsumer;

/** Makes what takes personal data out, as it is configured. */
public final class Redactors {
    private Redactors() {}

    /**
     * As configured.
     *
     * @param counter is told the code of a kind and how often something of it was taken out
     * @throws IllegalArgumentException with a sentence, when a setting is wrong
     */
    public static Redactor of(RedactionConfig config, ObjIntConsumer<String> counter) {
        RedactionSettings settings = new RedactionSettings(
                Kind.setOf(config.kinds().orElse(List.of())), config.expressions(), config.words());
        return Redactor.of(settings, counter);
    }
}
