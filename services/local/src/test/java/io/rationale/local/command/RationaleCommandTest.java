package io.rationale.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.local.node.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class RationaleCommandTest {
    private static final Map<String, CommandLine> COMMANDS =
            RationaleCommand.commandLine(new StopSignal()).getSubcommands();

    /** Picocli's own, which shows its parent's help instead. */
    private static final Set<String> FOREIGN = Set.of("help");

    @TempDir
    Path folder;

    static List<String> commands() {
        return COMMANDS.keySet().stream()
                .filter(name -> !FOREIGN.contains(name))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldNameEveryOptionInTheHelp(String command) {
        // given
        CommandLine spec = COMMANDS.get(command);

        // when
        Console console = Console.run(command, "--help");

        // then
        assertThat(console.exitCode()).isZero();
        assertThat(console.err()).isEmpty();
        assertThat(console.out()).contains("Usage: rationale " + command);
        for (OptionSpec option : spec.getCommandSpec().options()) {
            assertThat(console.out()).contains(option.names());
            assertThat(option.description()).as(option.longestName()).isNotEmpty();
        }
    }

    @Test
    void shouldNameEveryCommandAndExitCodeInTheHelp() {
        // when
        Console console = Console.run("--help");

        // then
        assertThat(console.exitCode()).isZero();
        assertThat(console.out()).contains(COMMANDS.keySet());
        assertThat(console.out()).containsPattern("(?m)^ *(0|1|2|3|4|130) +\\S");
    }

    @Test
    void shouldTellTheVersion() {
        // when
        Console console = Console.run("--version");

        // then
        assertThat(console.exitCode()).isZero();
        assertThat(console.out()).matches("rationale \\d+\\.\\d+\\.\\d+\\S*\\R");
    }

    @ParameterizedTest
    @CsvSource({"clasify, classify", "simulate, simulate-r1", "reprot, report"})
    void shouldSuggestTheCommandThatWasMeant(String typed, String meant) {
        // when
        Console console = Console.run(typed);

        // then
        assertThat(console.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(console.out()).isEmpty();
        assertThat(console.err()).contains(typed, "Did you mean", meant, "--help");
    }

    @Test
    void shouldSuggestTheOptionThatWasMeant() {
        // when
        Console console = Console.run("classify", "--quite", "notes.csv");

        // then
        assertThat(console.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(console.err()).contains("--quite", "--quiet", "rationale classify --help");
    }

    @Test
    void shouldAskForACommand() {
        // when
        Console console = Console.run();

        // then
        assertThat(console.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(console.err()).contains("Name a command.", "rationale --help");
    }

    @Test
    void shouldRefuseAFileThatIsNotThere() {
        refused("There is no file nowhere.csv.", "classify", "nowhere.csv");
    }

    @Test
    void shouldRefuseADirectoryAsFile() {
        refused("cannot be read", "classify", folder.toString());
    }

    @Test
    void shouldRefuseWrongValues() throws IOException {
        String notes = Files.writeString(folder.resolve("notes.txt"), "a note").toString();
        refused("csv, tsv, json, jsonl, text", "classify", notes, "--input-format", "xls");
        refused("--max-text-bytes", "classify", notes, "--max-text-bytes", "0");
        refused("--r1", "classify", notes, "--r1", "host:8000");
        refused("--port", "classify", notes, "--port", "http");
        refused(
                "--kafka-listener: A listener is written HOST:PORT=ADVERTISED_HOST:PORT",
                "serve",
                "--data",
                folder.toString(),
                "--kafka-listener",
                "0.0.0.0:9092");
        refused("all, 1h, 24h, 7d", "report", "--data", folder.toString(), "--window", "2h");
        refused("text, md, html, csv, json", "report", "--data", folder.toString(), "--format", "pdf");
        refused("speed-up", "simulate-r1", "--speed-up", "0");
    }

    @Test
    void shouldRefuseAReportWithoutData() {
        refused("There is no data in " + folder, "report", "--data", folder.toString());
        refused("--data", "report");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void shouldRefuseAnOutDirectoryThatIsAFile() throws IOException {
        // given
        String notes = Files.writeString(folder.resolve("notes.txt"), "a note").toString();

        // when, then
        refused(
                "--out",
                "classify",
                notes,
                "--out",
                notes,
                "--data",
                folder.resolve("data").toString());
        assertThat(folder.resolve("data")).doesNotExist();
        assertThat(Path.of(notes)).hasContent("a note");
    }

    @Test
    void shouldSendTestsToTheScript() {
        refused("./rationale test", "test");
    }

    /** One sentence, no stack trace. */
    private static void refused(String words, String... args) {
        Console console = Console.run(args);
        assertThat(console.err())
                .as(String.join(" ", args))
                .startsWith("rationale: ")
                .contains(words);
        assertThat(console.err()).doesNotContain("\tat ").doesNotContain("Exception");
        assertThat(console.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(console.out()).isEmpty();
    }
}
