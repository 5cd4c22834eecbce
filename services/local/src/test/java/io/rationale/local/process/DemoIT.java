package io.rationale.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoIT {
    @TempDir
    Path folder;

    @Test
    void shouldPrintTheTableOfTheSamplesAndCleanUp() throws IOException {
        // when
        RationaleProcess.Result demo = RationaleProcess.run(folder, "demo", "--no-serve");

        // then
        demo.exitsWith(0);
        assertThat(demo.out())
                .contains("Answered by the R1 simulator (lexical stand-in), not by a real R1.")
                .contains("Where a RAG answer went wrong", "Share (95 % interval)")
                .containsPattern("(?m)^[1-9]\\d* notes decided, none undecided\\.$")
                .contains("Model: lexical-stand-in");
        assertThat(demo.err()).contains("Classifying: ").doesNotContain("WARN", "ERROR");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(each -> each.getFileName().toString())).noneMatch(name -> name.startsWith("rationale"));
        }
    }
}
