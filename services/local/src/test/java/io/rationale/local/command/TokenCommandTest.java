package io.rationale.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.rationale.console.access.ApiTokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TokenCommandTest {
    @TempDir
    Path folder;

    private Console token(String... options) {
        String[] args = new String[options.length + 3];
        args[0] = "token";
        args[1] = options[0];
        args[2] = "--file";
        args[3] = folder.resolve("tokens").toString();
        System.arraycopy(options, 1, args, 4, options.length - 1);
        return Console.run(args);
    }

    @Test
    void shouldShowATokenOnceAndKeepItsHash() throws IOException {
        // when
        Console created = token("create", "--name", "ci", "--role", "writer", "--role", "viewer", "--expires", "90d");

        // then
        assertThat(created.exitCode()).as(created.err()).isEqualTo(ExitCode.OK);
        String token = created.out().strip();
        assertThat(token).startsWith("rationale_").doesNotContain("\n");
        assertThat(created.err())
                .contains("The token of ci (writer,viewer, until ")
                .doesNotContain(token);
        assertThat(Files.readString(folder.resolve("tokens")))
                .startsWith("ci writer,viewer " + ApiTokens.sha256(token) + " expires=");
    }

    @Test
    void shouldListAndRevoke() throws IOException {
        // given
        token("create", "--name", "ann", "--role", "reviewer", "--expires", "2099-01-01");
        token("create", "--name", "ci", "--role", "writer");

        // when
        Console listed = token("list");
        Console revoked = token("revoke", "--name", "ann");
        Console again = token("revoke", "ann");

        // then
        assertThat(listed.out().lines())
                .hasSize(2)
                .anyMatch(line -> line.startsWith("ann  reviewer  until 2099-01-01T00:00:00Z  "))
                .anyMatch(line -> line.startsWith("ci  writer  without an end  "));
        assertThat(revoked.out()).isEqualTo("Revoked: ann.\n");
        assertThat(again.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(again.err()).contains("There is no token named ann in ");
        assertThat(token("list").out()).doesNotContain("ann");
    }

    @Test
    void shouldRefuseWhatCannotBeMeant() throws IOException {
        token("create", "--name", "ci", "--role", "writer");

        assertThat(token("create", "--name", "ci", "--role", "writer").err()).contains("There is a token named ci");
        assertThat(token("create", "--name", "x y", "--role", "writer").err()).contains("--name cannot be used");
        assertThat(token("create", "--name", "b", "--role", "boss").err()).contains("--role is writer, viewer");
        assertThat(token("create", "--name", "b", "--role", "admin", "--expires", "soon")
                        .err())
                .contains("--expires is a time to come");
        assertThat(token("create", "--name", "b", "--role", "admin", "--expires", "2020-01-01")
                        .err())
                .contains("lies in the past");
        assertThat(Console.run("token", "list").err()).contains("--file, or rationale.auth.tokens-file");
        Files.writeString(folder.resolve("tokens"), "secret-that-was-put-here\n");
        Console listed = token("list");
        assertThat(listed.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(listed.err()).contains("Line 1 of ").doesNotContain("secret-that");
    }

    @Test
    void shouldFindTheTokenForAConsole() throws IOException {
        // given
        Path file = Files.writeString(folder.resolve("token"), "rationale_of-a-file\n");
        ConsoleToken option = new ConsoleToken();

        // then
        assertThat(option.read(Map.of())).isEmpty();
        assertThat(option.read(Map.of("RATIONALE_TOKEN", " rationale_x "))).contains("rationale_x");
        assertThat(option.read(Map.of("RATIONALE_TOKEN_FILE", file.toString()))).contains("rationale_of-a-file");

        // and when
        new CommandLine(CommandLine.Model.CommandSpec.create()
                        .addMixin("token", CommandLine.Model.CommandSpec.forAnnotatedObject(option)))
                .parseArgs("--token-file", file.toString());

        // then
        assertThat(option.read(Map.of("RATIONALE_TOKEN", "rationale_x"))).contains("rationale_of-a-file");
    }

    @Test
    void shouldSendTheTokenAndNoNameBesideIt() throws IOException {
        // given
        Path file = Files.writeString(folder.resolve("token"), "rationale_of-a-file\n");
        Queue<String> asked = new ConcurrentLinkedQueue<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] answer = "{\"detail\":\"This takes the role admin.\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(403, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        try {
            String console = "http://127.0.0.1:" + server.getAddress().getPort();

            // when
            Console activated = Console.run(
                    "taxonomy", "activate", "--console", console, "--token-file", file.toString(), "rag-failures@1");
            Console cancelled =
                    Console.run("reclassify", "--cancel", "x", "--console", console, "--token-file", file.toString());

            // then
            for (Console each : List.of(activated, cancelled)) {
                assertThat(each.exitCode()).isEqualTo(ExitCode.USAGE);
                assertThat(each.err()).contains("The console refuses it: This takes the role admin.");
            }
            assertThat(asked).containsExactly("Bearer rationale_of-a-file {}", "Bearer rationale_of-a-file {}");
        } finally {
            server.stop(0);
        }
    }
}
