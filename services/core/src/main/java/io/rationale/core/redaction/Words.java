package io.rationale.core.redaction;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Sets of words out of a resource: a name in brackets, then words separated by commas; lines that begin with # explain. */
final class Words {
    private Words() {}

    /** The sets of a resource beside this class, by their names. */
    static Map<String, Set<String>> read(String resource) {
        Map<String, Set<String>> sets = new HashMap<>();
        Set<String> current = Set.of();
        for (String line : lines(resource).split("\n")) {
            if (line.startsWith("[")) {
                current = sets.computeIfAbsent(line.substring(1, line.indexOf(']')), any -> new HashSet<>());
            } else if (!line.isBlank() && !line.startsWith("#")) {
                current.addAll(Arrays.asList(line.strip().split("\\s*,\\s*")));
            }
        }
        return sets;
    }

    private static String lines(String resource) {
        try (InputStream in = Words.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
