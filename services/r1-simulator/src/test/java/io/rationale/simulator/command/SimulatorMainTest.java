package io.rationale.simulator.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.simulator.R1Simulator;
import io.rationale.simulator.SimulatorOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class SimulatorMainTest {
    private static final Pattern URL = Pattern.compile("http://[^,\\s]+");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> answers = new ArrayList<>();

    @Test
    void shouldServeEveryNodeUntilTheStop() {
        // when
        int exitCode = run(this::askEveryNode, "--port", "0", "--nodes", "3", "--model", "stand-in");

        // then
        assertThat(exitCode).isZero();
        assertThat(answers).hasSize(3).allMatch(answer -> answer.contains("\"stand-in\""));
        assertThat(out.toString())
                .contains("nodes     3 with 32 slots each", "no reasoning model", "Stop with Ctrl-C.");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void shouldFreeThePortAtTheStop() {
        // given
        run(() -> {}, "--port", "0");
        int port = URI.create(urls().getFirst()).getPort();

        // when
        int exitCode = run(() -> {}, "--port", String.valueOf(port));

        // then
        assertThat(exitCode).isZero();
    }

    @Test
    void shouldTakeTheLastOfAnOptionThatIsGivenTwice() {
        // when
        int exitCode = run(() -> {}, "--host", "0.0.0.0", "--port", "0", "--host", "127.0.0.1");

        // then
        assertThat(exitCode).isZero();
        assertThat(urls()).singleElement().asString().startsWith("http://127.0.0.1:");
    }

    @Test
    void shouldNeverPrintTheKey() {
        // when
        run(() -> {}, "--port", "0", "--api-key", "a-secret");

        // then
        assertThat(out.toString()).contains("key       required").doesNotContain("a-secret");
    }

    @Test
    void shouldTellHelpAndVersionUnderItsOwnName() {
        // when
        int exitCode = run(SimulatorMainTest::neverCalled, "--help") + run(SimulatorMainTest::neverCalled, "--version");

        // then
        assertThat(exitCode).isZero();
        assertThat(out.toString())
                .startsWith("Usage: rationale-r1-simulator [")
                .containsPattern("\nrationale-r1-simulator \\d+\\.\\d+\\.\\d+\\S*\\R$");
    }

    @ParameterizedTest
    @CsvSource({
        "--queue,    some,   --queue takes a number of requests",
        "--speed-up, 0,      speed-up must be a positive number",
        "--nodes,    0,      At least one node",
        "--profile,  nope,   nope",
        "--fault,    bogus=1,bogus",
        "--port,     http,   --port",
        "--prot,     8000,   --profile"
    })
    void shouldRefuseWrongOptionsInASentence(String option, String value, String words) {
        refused(words, option, value);
    }

    @Test
    void shouldRefuseAPortThatIsInUse() {
        try (R1Simulator first = R1Simulator.start(SimulatorOptions.DEFAULT)) {
            refused("The port " + first.port(), "--port", String.valueOf(first.port()));
        }
    }

    private void refused(String words, String... args) {
        int exitCode = run(SimulatorMainTest::neverCalled, args);
        assertThat(exitCode).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString())
                .startsWith("rationale-r1-simulator: ")
                .contains(words, "Try 'rationale-r1-simulator --help'.")
                .doesNotContain("\tat ");
    }

    private int run(SimulateCommand.Stop stop, String... args) {
        return SimulatorMain.commandLine(stop)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    private void askEveryNode() throws InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (String url : urls()) {
                HttpRequest models =
                        HttpRequest.newBuilder(URI.create(url + "/models")).build();
                answers.add(client.send(models, BodyHandlers.ofString()).body());
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> urls() {
        return URL.matcher(out.toString())
                .results()
                .map(match -> match.group())
                .distinct()
                .toList();
    }

    private static void neverCalled() {
        throw new AssertionError("It started.");
    }
}
