package io.rationale.simulator.reasoner;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;

/** The reasoner's word lists. */
final class Resources {
    private Resources() {}

    /** The lines that are neither blank nor a comment, stripped. */
    static Stream<String> lines(String name) {
        try (InputStream in = Objects.requireNonNull(Resources.class.getResourceAsStream(name), name)) {
            String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return all.lines().map(String::strip).filter(line -> !line.isEmpty() && !line.startsWith("#"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
