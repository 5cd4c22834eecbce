package io.rationale.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of the chart that are made of something else: written with {@code -Drationale.helm.write=true}, else held against it. */
final class Generated {
    private Generated() {}

    static void assertUpToDate(Path file, String wanted) {
        try {
            if (Boolean.getBoolean("rationale.helm.write")) {
                Files.writeString(file, wanted);
            }
            assertThat(Files.readString(file))
                    .as(file + " is not up to date; mvn -pl helm -am test -Drationale.helm.write=true writes it anew")
                    .isEqualTo(wanted);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
