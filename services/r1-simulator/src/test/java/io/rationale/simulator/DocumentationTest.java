package io.rationale.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.simulator.fault.Fault;
import io.rationale.simulator.profile.ServerProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds {@code docs/simulator.md} against the simulator. */
class DocumentationTest {
    /** Surefire runs in the module's folder. */
    private static final Path PAGE = Path.of("..", "..", "docs", "simulator.md");

    @ParameterizedTest
    @EnumSource
    void shouldDescribeEveryFault(Fault fault) throws IOException {
        assertThat(Files.readAllLines(PAGE)).contains("| `" + fault.id() + "` | " + fault.description() + " |");
    }

    @ParameterizedTest
    @EnumSource
    void shouldDescribeEveryProfileWithItsRoutes(ServerProfile profile) throws IOException {
        // when
        String row = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| `" + profile.id() + "` |"))
                .findFirst()
                .orElse("no row for " + profile.id());

        // then
        assertThat(row).contains(profile.id());
        assertThat(profile.dialect().pages().keySet()).allMatch(path -> row.contains("`" + path + "`"));
    }
}
