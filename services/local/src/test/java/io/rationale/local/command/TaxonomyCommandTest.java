package io.rationale.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.rationale.core.taxonomy.Taxonomies;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.taxonomy.TaxonomyEdits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class TaxonomyCommandTest {
    private static final Taxonomy SHIPPED = Taxonomies.ragFailures();

    @TempDir
    Path folder;

    @Test
    void shouldLeadAVersionThroughADataDirectory() throws IOException {
        // given: a directory that a node has worked in
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.createDirectories(data.resolve("kafka"));
        Taxonomy second = TaxonomyEdits.merge(
                TaxonomyEdits.rename(TaxonomyEdits.next(SHIPPED, 2), "over-chunking", "too-small", "Too small"),
                "too-small",
                List.of("under-chunking"));
        String file = write("second.yaml", second);
        String[] where = {"--data", data.toString()};

        // when, then
        assertThat(run(where, "import", file).out()).contains("rag-failures@2 is there, proposed.");
        assertThat(run(where, "list").out())
                .containsPattern("(?s)rag-failures@1 +active +23 labels.*rag-failures@2 +proposed +22 labels");
        assertThat(run(where, "diff", "rag-failures@2").out())
                .contains("merged     over-chunking, under-chunking -> too-small");
        assertThat(run(where, "activate", "rag-failures@2", "--by", "Ada").out())
                .contains("Notes are judged under rag-failures@2 from now on.");
        assertThat(run(where, "list").out()).containsPattern("rag-failures@2 +active .*by Ada\\)");
        assertThat(run(where, "show").out()).contains("too-small (Too small)").contains("based on rag-failures@1");

        // when: a changed file of the same version
        String other = write("other.yaml", TaxonomyEdits.redefine(second, "other", each -> second.category("no-error")
                .orElseThrow()));
        Console refused = run(where, "activate", other);

        // then
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err()).contains("raise the version to 3");

        // when
        Path out = folder.resolve("out.yaml");
        run(where, "export", "rag-failures@1", "--out", out.toString());

        // then
        assertThat(Taxonomies.read(out).categories()).isEqualTo(SHIPPED.categories());
    }

    @Test
    void shouldCompareAndShowFilesWithoutAnyData() throws IOException {
        // given
        String first = write("first.yaml", SHIPPED);
        String second = write("second.yaml", TaxonomyEdits.move(TaxonomyEdits.next(SHIPPED, 2), "over-chunking", null));

        // when, then
        assertThat(Console.run("taxonomy", "diff", first, second).out())
                .isEqualToIgnoringNewLines("moved      over-chunking: chunking -> the top\n");
        assertThat(Console.run("taxonomy", "diff", first, first).out()).contains("say the same");
        assertThat(Console.run("taxonomy", "show", first).out()).contains("    over-chunking (Over-chunking)");
        assertThat(Taxonomies.parse(
                        Console.run("taxonomy", "export", second).out().getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(Taxonomies.read(Path.of(second)));
    }

    @Test
    void shouldNameEveryFaultOfEveryFile() throws IOException {
        // given
        String fine = write("fine.yaml", SHIPPED);
        Path wrong = Files.writeString(folder.resolve("wrong.yaml"), "id: a\nversion: 1\ncategories: []\n");

        // when
        Console console = Console.run("taxonomy", "validate", fine, wrong.toString(), "nowhere.yaml");
        Console small = Console.run("taxonomy", "validate", "--context-tokens", "4096", fine);

        // then
        assertThat(console.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(console.out()).contains("rag-failures@1 can be used: 23 labels");
        assertThat(console.err())
                .contains(
                        "wrong.yaml: The category 'no-error' is missing", "wrong.yaml: The category 'other' is missing")
                .contains("nowhere.yaml: The file cannot be read");
        assertThat(small.err()).contains("which has room for 1,536");
        assertThat(Console.run("taxonomy", "validate", fine).exitCode()).isZero();
    }

    @Test
    void shouldAskARunningConsole() throws IOException {
        // given
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            boolean isThere = exchange.getRequestURI().getPath().equals("/api/v1/taxonomies/mine@3/activate");
            byte[] body = (isThere
                            ? "{\"id\":\"mine\",\"version\":3,\"categories\":[{\"id\":\"no-error\",\"definition\":\"d\"},"
                                    + "{\"id\":\"other\",\"definition\":\"d\"}]}"
                            : "{\"detail\":\"No taxonomy of that name is defined.\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(isThere ? 200 : 404, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort();

            // when
            Console active = Console.run("taxonomy", "activate", "mine@3", "--console", url);
            Console refused = Console.run("taxonomy", "activate", "mine@4", "--console", url);

            // then
            assertThat(active.out()).contains("Notes are judged under mine@3 from now on.");
            assertThat(refused.err()).contains("The console refuses it: No taxonomy of that name is defined.");
            assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void shouldSayWhatIsWrong() {
        assertThat(Console.run("taxonomy").err()).contains("Name what to do: list, show");
        assertThat(Console.run(
                                "taxonomy",
                                "list",
                                "--data",
                                folder.resolve("none").toString())
                        .err())
                .contains("There is no data in");
        assertThat(Console.run("taxonomy", "list", "--console", "localhost:8080")
                        .err())
                .contains("--console is the address");
        assertThat(Console.run("taxonomy", "list", "--console", "http://127.0.0.1:1")
                        .err())
                .contains("cannot be reached");
        assertThat(Console.run("taxonomy", "show", "nowhere.yaml").err()).contains("cannot be read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "show", "diff", "validate", "activate", "export", "import"})
    void shouldExplainEachSubcommand(String command) {
        // when
        Console help = Console.run("taxonomy", command, "--help");

        // then
        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains("Usage: rationale taxonomy " + command);
    }

    private static Console run(String[] where, String... command) {
        String[] all = new String[1 + command.length + where.length];
        all[0] = "taxonomy";
        System.arraycopy(command, 0, all, 1, command.length);
        System.arraycopy(where, 0, all, 1 + command.length, where.length);
        return Console.run(all);
    }

    private String write(String name, Taxonomy taxonomy) throws IOException {
        return Files.writeString(folder.resolve(name), Taxonomies.write(taxonomy))
                .toString();
    }
}
