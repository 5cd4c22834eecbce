package io.rationale.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TryCommandTest {
    private static final Answer ACCEPTED =
            new Answer(202, "{\"accepted\":1,\"notes\":[{\"record\":1,\"id\":\"n 1\"}]}");
    private static final Answer LOADING = new Answer(503, "{\"detail\":\"The index is still loading.\"}");
    private static final Answer UNDECIDED = new Answer(404, "{\"detail\":\"Nothing is decided.\"}");
    private static final Answer DECIDED = new Answer(
            200,
            "{\"event\":{\"type\":\"classified\",\"verdict\":{\"category\":\"missed-retrieval\",\"rationale\":\"It was"
                    + " not found.\",\"provenance\":{\"model\":\"deepseek-r1\"}}}}");

    private final Queue<Answer> answers = new ArrayDeque<>();
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private final Queue<String> keys = new ConcurrentLinkedQueue<>();
    private HttpServer server;

    private record Answer(int status, String body) {}

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void shouldWaitForTheConsoleAndThenForTheVerdict() {
        // given
        answers.addAll(List.of(LOADING, ACCEPTED, UNDECIDED, DECIDED));

        // when
        Console tried = run("--source", "trial");

        // then
        assertThat(tried.exitCode()).as(tried.err()).isEqualTo(ExitCode.OK);
        assertThat(tried.out())
                .contains("Note n 1 was accepted.")
                .containsPattern(
                        "Verdict after \\d+\\.\\d s: missed-retrieval \\(It was not found\\.\\) by deepseek-r1");
        assertThat(asked)
                .containsExactly(
                        "POST /api/v1/notes",
                        "POST /api/v1/notes",
                        "GET /api/v1/notes/n%201",
                        "GET /api/v1/notes/n%201");
        assertThat(keys).as("sent twice, written once").hasSize(2).containsOnly(keys.peek());
    }

    @Test
    void shouldTellThatTheNoteWasGivenUp() {
        // given
        answers.addAll(
                List.of(ACCEPTED, new Answer(200, "{\"event\":{\"type\":\"unclassifiable\",\"reason\":\"refused\"}}")));

        // when
        Console tried = run();

        // then
        assertThat(tried.exitCode()).isEqualTo(ExitCode.UNCLASSIFIABLE);
        assertThat(tried.out()).containsPattern("Unclassifiable after .*: refused\\.");
    }

    @Test
    void shouldSayWhatIsLackingWhenNoVerdictComes() {
        // given
        answers.addAll(List.of(ACCEPTED, UNDECIDED));

        // when
        Console tried = run("--wait", "0");

        // then
        assertThat(tried.exitCode()).isEqualTo(ExitCode.R1_UNREACHABLE);
        assertThat(tried.err()).contains("has no verdict after 0 s", "Nothing is decided.");
    }

    @Test
    void shouldSayThatTheConsoleDoesNotTakeIt() {
        // given
        server.stop(0);

        // when
        Console tried = run("--wait", "0");

        // then
        assertThat(tried.exitCode()).isEqualTo(ExitCode.R1_UNREACHABLE);
        assertThat(tried.err()).contains("The console did not take the note within 0 s", "no connection to");
    }

    @Test
    void shouldNotInsistWhereItIsRefused() {
        // given
        answers.add(new Answer(413, "{\"detail\":\"Too large.\"}"));

        // when
        Console tried = run();

        // then
        assertThat(tried.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(tried.err()).contains("The console refuses it: HTTP 413 Too large.");
        assertThat(Console.run("try", "--console", "nowhere").err()).contains("--console is the address");
    }

    private Console run(String... options) {
        String[] args = new String[options.length + 3];
        args[0] = "try";
        args[1] = "--console";
        args[2] = "http://127.0.0.1:" + server.getAddress().getPort();
        System.arraycopy(options, 0, args, 3, options.length);
        return Console.run(args);
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        if (exchange.getRequestHeaders().containsKey("Idempotency-Key")) {
            keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
        }
        exchange.getRequestBody().readAllBytes();
        Answer answer = answers.remove();
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
