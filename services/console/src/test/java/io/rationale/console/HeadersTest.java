package io.rationale.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every answer says to browsers. */
@QuarkusTest
@Tag("application")
@QuarkusTestResource(ConsoleBroker.class)
class HeadersTest {
    private static final Path PAGE = Path.of("target", "classes", "META-INF", "resources");
    private static final Pattern LIBRARY = Pattern.compile("'(/_static/[^']+)'");

    @TestHTTPResource("/")
    URI home;

    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        http.close();
    }

    private HttpResponse<String> send(String method, String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(home.resolve(path)).method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static List<String> filesOfThePage() throws IOException {
        try (Stream<Path> files = Files.walk(PAGE)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> "/" + PAGE.relativize(file).toString().replace('\\', '/'))
                    .toList();
        }
    }

    private static void shouldBeSafe(String what, HttpResponse<String> answer) {
        assertThat(answer.headers().allValues("content-security-policy"))
                .as(what)
                .containsExactly("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                        + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        assertThat(answer.headers().allValues("x-content-type-options"))
                .as(what)
                .containsExactly("nosniff");
        assertThat(answer.headers().allValues("referrer-policy")).as(what).containsExactly("no-referrer");
        assertThat(answer.headers().allValues("x-frame-options")).as(what).containsExactly("DENY");
        assertThat(answer.headers().allValues("cross-origin-opener-policy"))
                .as(what)
                .containsExactly("same-origin");
        assertThat(answer.headers().allValues("cross-origin-resource-policy"))
                .as(what)
                .containsExactly("same-origin");
        assertThat(answer.headers().allValues("permissions-policy")).as(what).hasSize(1);
    }

    @Test
    void shouldNotBelieveStrangersThatTheyCameOverTls() throws Exception {
        HttpResponse<String> answer = send("GET", "/", "X-Forwarded-Proto", "https", "X-Forwarded-For", "192.0.2.1");

        assertThat(answer.headers().firstValue("strict-transport-security")).isEmpty();
    }

    @Test
    void shouldStandOnThePageAndAllThatItLoads() throws Exception {
        assertThat(filesOfThePage()).contains("/index.html", "/app.js").anyMatch(file -> file.endsWith(".css"));
        for (String path :
                Stream.concat(Stream.of("/"), filesOfThePage().stream()).toList()) {
            HttpResponse<String> answer = send("GET", path);

            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            shouldBeSafe(path, answer);
        }
    }

    @Test
    void shouldStandOnAnswersAndRefusals() throws Exception {
        await().until(() -> send("GET", "/api/v1/notes").statusCode() == 200);
        List<List<String>> requests = List.of(
                List.of("200", "GET", "/api/v1/about"),
                List.of("200", "GET", "/api/v1/notes"),
                List.of("200", "GET", "/api/v1/export/verdicts"),
                List.of("200", "GET", "/q/health/live"),
                List.of("200", "GET", "/q/metrics"),
                List.of("400", "GET", "/api/v1/notes?limit=0"),
                List.of("404", "GET", "/api/v1/notes/nobody"),
                List.of("404", "GET", "/api/nothing"),
                List.of("404", "GET", "/nothing.js"),
                List.of("404", "GET", "/_static/nothing.js"),
                List.of("405", "DELETE", "/api/v1/statistics"),
                List.of("415", "POST", "/api/v1/notes"));
        for (List<String> request : requests) {
            HttpResponse<String> answer = send(request.get(1), request.get(2));

            assertThat(answer.statusCode()).as(request.toString()).isEqualTo(Integer.parseInt(request.getFirst()));
            shouldBeSafe(request.toString(), answer);
        }
    }

    /** By hand: Java's client names the host itself. */
    private String firstLine(String host) throws IOException {
        try (Socket socket = new Socket(home.getHost(), home.getPort())) {
            socket.getOutputStream()
                    .write(("GET /api/v1/about HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
        }
    }

    @Test
    void shouldNotBeTheServerOfASiteWhoseNameWasTurnedToThisMachine() throws Exception {
        assertThat(firstLine("evil.example:" + home.getPort())).contains(" 403 ");
        assertThat(firstLine("evil_host.example")).containsPattern(" 40[03] ");
        assertThat(firstLine("localhost:" + home.getPort())).contains(" 200 ");
        assertThat(firstLine("[::1]:" + home.getPort())).contains(" 200 ");
    }

    @Test
    void shouldServeTheLibraryOfChartsForGood() throws Exception {
        // given: the module that names it
        Matcher library = LIBRARY.matcher(send("GET", "/js/lib/echarts.js").body());
        assertThat(library.find()).isTrue();

        // when
        HttpResponse<String> answer = send("GET", library.group(1));
        HttpResponse<String> compressed = send("GET", library.group(1), "Accept-Encoding", "gzip");

        // then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/javascript"));
        assertThat(answer.headers().allValues("cache-control")).containsExactly("public, max-age=31536000, immutable");
        assertThat(answer.body())
                .contains("Licensed to the Apache Software Foundation")
                .contains("as init,");
        assertThat(compressed.headers().firstValue("content-encoding")).contains("gzip");
        assertThat(send("GET", "/js/lib/echarts.js").headers().allValues("cache-control"))
                .noneMatch(value -> value.contains("31536000"));
    }
}
