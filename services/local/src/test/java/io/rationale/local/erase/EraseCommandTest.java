package io.rationale.local.erase;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.local.command.ExitCode;
import io.rationale.local.command.RationaleCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EraseCommandTest {
    @TempDir
    Path folder;

    private String data;

    @BeforeEach
    void data() throws Exception {
        data = folder.toString();
        Files.createDirectory(folder.resolve("kafka"));
    }

    @Test
    void shouldSayWhatIsWrongWithTheUsage() throws Exception {
        Path plan = Files.writeString(folder.resolve("plan.json"), "nonsense");

        assertThat(erase("--note", "a", "--yes")).as("nowhere").isEqualTo(ExitCode.USAGE);
        assertThat(erase("--data", data, "--kafka", "localhost:1", "--note", "a"))
                .as("two places")
                .isEqualTo(ExitCode.USAGE);
        assertThat(erase("--data", data, "--yes")).as("nothing").isEqualTo(ExitCode.USAGE);
        assertThat(erase("--data", data, "--person", "x", "--yes"))
                .as("too short")
                .isEqualTo(ExitCode.USAGE);
        assertThat(erase("--data", data, "--person-file", folder.resolve("none").toString(), "--yes"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(erase("--data", data, "--note", "a")).as("nobody to ask").isEqualTo(ExitCode.USAGE);
        assertThat(erase("--data", folder.resolve("nothing").toString(), "--note", "a", "--yes"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(erase("--kafka", "localhost:1", "--note", "a", "--yes"))
                .as("no plan")
                .isEqualTo(ExitCode.USAGE);
        assertThat(erase("--log-dir", data, "--plan", plan.toString())).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void shouldTellWhereThereIsNothingToErase() {
        assertThat(erase("--data", data, "--note", "a", "--dry-run")).isEqualTo(ExitCode.NOT_IN_ORDER);
    }

    private static int erase(String... options) {
        String[] arguments = new String[options.length + 1];
        arguments[0] = "erase";
        System.arraycopy(options, 0, arguments, 1, options.length);
        return RationaleCommand.execute(arguments);
    }
}
