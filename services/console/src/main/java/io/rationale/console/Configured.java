package io.rationale.console;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.function.Supplier;

/** A wrong value of the configuration is the operator's to mend: that takes a sentence and no stack trace. */
public final class Configured {
    private Configured() {}

    /** What is made of the configuration. @throws ConfigurationException with the sentence of what was refused */
    public static <T> T part(Supplier<T> part) {
        try {
            return part.get();
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(e.getMessage());
        }
    }
}
