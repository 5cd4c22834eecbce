package io.rationale.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.rationale.console.access.ApiTokens;
import io.rationale.console.access.Role;
import io.rationale.console.access.TokenEntry;
import io.rationale.console.access.TokenFile;
import io.rationale.core.json.Json;
import io.rationale.kafka.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole flow with secrets that are marked, before an R1 and a receiver of alerts that repeat them wherever they can;
 * then everything that the program has written, said and answered is searched for the marks.
 */
class SecretsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String KEY = "mark-r1-key-4f1c";
    private static final String PASSWORD = "mark-kafka-password-77ad";
    private static final String TOKEN = "mark-webhook-token-c0de";
    private static final String PATH = "mark-webhook-path-9b21";
    private static final String ADMIN = "rationale_mark-admin-51aa";
    private static final String FORGED = "rationale_mark-forged-2be8";
    private static final String FORGED_JWT = "eyJtYXJrIjoxfQ.bWFyay1mb3JnZWQ.bWFyaw";
    private static final List<String> MARKS = List.of(
            KEY,
            PASSWORD,
            TOKEN,
            PATH,
            ADMIN,
            FORGED,
            FORGED_JWT,
            Base64.getEncoder().encodeToString(KEY.getBytes(StandardCharsets.UTF_8)));
    private static final int NOTES = 40;

    @TempDir
    Path folder;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> presented = new CopyOnWriteArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v1/models", exchange -> send(exchange, 200, "{\"data\":[{\"id\":\"chatty\"}]}"));
        server.createContext("/v1/chat/completions", this::complete);
        server.createContext("/" + PATH, this::refuse);
        server.start();
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
        threads.close();
    }

    @Test
    void shouldTellNoSecretToAnybody() throws Exception {
        // given: logs say more than by default
        String host = "127.0.0.1:" + server.getAddress().getPort();
        Path tokens = folder.resolve("tokens");
        new TokenFile(tokens)
                .add(new TokenEntry("ops", EnumSet.of(Role.ADMIN), ApiTokens.sha256(ADMIN), Optional.empty()));
        Path config = Files.createDirectory(folder.resolve("config")).resolve("application.properties");
        Files.writeString(config, """
                rationale.r1.api-key=%s
                kafka.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username="u" password="%s";
                kafka.ssl.keystore.password=%s
                rationale.alerts.webhooks.pager.url=http://%s/%s?also=%s
                rationale.alerts.webhooks.pager.token=%s
                rationale.alerts.rules.undecided=undecided above 1 %% over 1 h with at least 5 notes
                rationale.auth.tokens-file=%s
                rationale.auth.jwt.issuer=https://issuer.example
                rationale.auth.jwt.audience=rationale
                rationale.auth.jwt.jwks=http://%s/nothing?key=%s
                quarkus.http.access-log.enabled=true
                quarkus.log.category."org.apache.kafka".level=INFO
                quarkus.log.category."io.rationale".level=DEBUG
                """.formatted(KEY, PASSWORD, PASSWORD, host, PATH, PATH, TOKEN, tokens, host, PATH));
        int port = Ports.free();
        int kafka = Ports.free();
        Map<String, String> told = new LinkedHashMap<>();
        try (RationaleProcess process = RationaleProcess.start(
                folder,
                "serve",
                "--port",
                String.valueOf(port),
                "--kafka-port",
                String.valueOf(kafka),
                "--data",
                folder.resolve("data").toString(),
                "--r1",
                "http://" + host + "/v1")) {
            String origin = "http://127.0.0.1:" + port + "/";
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> get(origin + "api/v1/notes?limit=1").statusCode() == 200);

            // when
            post(origin + "api/v1/notes", notes());
            await().atMost(PATIENCE).ignoreExceptions().until(() -> {
                JsonNode table =
                        Json.mapper().readTree(get(origin + "api/v1/statistics").body());
                return table.path("decided").asInt() + table.path("undecided").asInt() >= NOTES;
            });
            await().atMost(PATIENCE).until(() -> presented.contains("hook Bearer " + TOKEN));

            // then: the secrets were really used
            assertThat(presented).contains("r1 Bearer " + KEY);
            for (String path : paths(origin)) {
                HttpResponse<String> answer = get(origin + path);
                told.put("GET " + path, answer.headers().map() + answer.body());
            }
            told.put("POST nonsense", post(origin + "api/v1/notes", "{nonsense").body());
            told.putAll(signingIn(origin));
            told.putAll(topics("127.0.0.1:" + kafka));
            process.terminate();
            RationaleProcess.Result ended = process.await();
            told.put("standard output", ended.out());
            told.put("standard error", ended.err());
        }
        told.putAll(files(config));
        assertThat(told).hasSizeGreaterThan(60);
        assertThat(told.get(folder.resolve("data").resolve("rationale.log").toString()))
                .contains("DEBUG");
        told.forEach((where, text) -> MARKS.forEach(mark ->
                assertThat(text.contains(mark)).as("%s in %s", mark, where).isFalse()));
    }

    private void complete(HttpExchange exchange) throws IOException {
        String given = exchange.getRequestHeaders().getFirst("Authorization");
        presented.add("r1 " + given);
        exchange.getResponseHeaders().add("X-Echo", String.valueOf(given));
        JsonNode request = Json.tree(exchange.getRequestBody().readAllBytes());
        String prompt = request.path("messages").path(0).path("content").asText();
        if (prompt.contains("refuse")) {
            send(exchange, 400, "{\"error\":{\"message\":\"bad key " + given + "\"}}");
        } else {
            send(exchange, 200, Json.line(completion(prompt)));
        }
    }

    private static ObjectNode completion(String prompt) {
        ObjectNode root = Json.mapper().createObjectNode();
        root.put("id", "c-1").put("model", "chatty");
        ObjectNode choice = root.putArray("choices").addObject();
        choice.put("index", 0).put("finish_reason", "stop");
        ObjectNode message = choice.putObject("message").put("role", "assistant");
        message.put("reasoning_content", "They gave me a key.");
        if (prompt.contains("<notes>\n")) {
            String lines = prompt.substring(prompt.lastIndexOf("<notes>\n") + 8, prompt.lastIndexOf("</notes>"));
            List<JsonNode> notes = lines.lines()
                    .map(line -> Json.tree(line.getBytes(StandardCharsets.UTF_8)))
                    .toList();
            message.put("content", ScriptedR1.verdicts(notes, "wrong-format", "Because."));
        } else {
            message.put("content", "{\"ok\":true}");
        }
        root.putObject("usage").put("prompt_tokens", 100).put("completion_tokens", 50);
        return root;
    }

    private void refuse(HttpExchange exchange) throws IOException {
        String given = exchange.getRequestHeaders().getFirst("Authorization");
        presented.add("hook " + given);
        send(exchange, 400, "no " + given + " " + exchange.getRequestURI());
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (exchange) {
            exchange.getResponseBody().write(bytes);
        }
    }

    private static String notes() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < NOTES; i++) {
            lines.append("{\"id\":\"n-%d\",\"text\":\"Table %d is missing%s.\"}%n"
                    .formatted(i, i, i % 4 == 0 ? "; refuse" : ""));
        }
        return lines.toString();
    }

    /** What is told to those who show a token, good or bad, and to those who show it in a wrong way. */
    private Map<String, String> signingIn(String origin) {
        Map<String, String> told = new LinkedHashMap<>();
        for (String shown : List.of("Bearer " + FORGED, "Bearer " + FORGED_JWT, "Basic " + FORGED, FORGED)) {
            HttpResponse<String> answer = exchange(HttpRequest.newBuilder(URI.create(origin + "api/v1/about"))
                    .header("Authorization", shown)
                    .build());
            assertThat(answer.statusCode()).isIn(401, 503);
            told.put("GET about with " + shown, answer.headers().map() + answer.body());
        }
        for (String body : List.of(
                "{\"token\":\"" + FORGED + "\"}",
                "{\"token\":\"" + FORGED_JWT + "\"}",
                "{\"token\":[\"" + FORGED + "\"]}",
                "{\"token\":\"" + FORGED,
                "{\"token\":\"" + ADMIN + "\"}")) {
            HttpResponse<String> answer = exchange(HttpRequest.newBuilder(URI.create(origin + "api/v1/session"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build());
            told.put("POST session " + body, answer.body());
        }
        return told;
    }

    private List<String> paths(String origin) throws IOException {
        List<String> paths = new ArrayList<>(List.of(
                "",
                "api/v1/notes?limit=100",
                "api/v1/statistics",
                "api/v1/status",
                "api/v1/alerts",
                "api/v1/dead-letters?limit=50",
                "api/v1/taxonomies",
                "api/v1/reviews",
                "api/v1/nowhere",
                "api/v1/notes/nobody",
                "api/v1/notes?category=~nonsense",
                "api/v1/export/verdicts?format=csv",
                "api/v1/openapi",
                "api/v1/session",
                "q/health",
                "q/metrics"));
        for (int i = 0; i < NOTES; i++) {
            paths.add("api/v1/notes/n-" + i);
        }
        for (JsonNode letter : Json.mapper()
                .readTree(get(origin + "api/v1/dead-letters?limit=5").body())
                .path("letters")) {
            paths.add("api/v1/dead-letters/" + letter.path("partition").asInt() + "/"
                    + letter.path("offset").asLong());
        }
        return paths;
    }

    private static Map<String, String> topics(String brokers) {
        Map<String, String> told = new LinkedHashMap<>();
        Map<String, Object> properties = Map.of("bootstrap.servers", brokers, "enable.auto.commit", "false");
        try (var consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> all = consumer.listTopics().values().stream()
                    .flatMap(List::stream)
                    .map(each -> new TopicPartition(each.topic(), each.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            consumer.assign(all);
            consumer.seekToBeginning(all);
            while (all.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(each -> told.merge(each.topic(), text(each), String::concat));
            }
        }
        assertThat(told).containsKeys("rationale.audit", "rationale.exchanges", "rationale.dead-letters");
        return told;
    }

    private static String text(ConsumerRecord<byte[], byte[]> each) {
        StringBuilder text = new StringBuilder();
        for (byte[] part : Stream.concat(
                        Stream.of(each.key(), each.value()),
                        Stream.of(each.headers().toArray()).map(header -> header.value()))
                .toList()) {
            text.append(part == null ? "" : new String(part, StandardCharsets.ISO_8859_1))
                    .append('\n');
        }
        return text.toString();
    }

    /** Everything in the folder but the configuration itself, byte by byte. */
    private Map<String, String> files(Path config) throws IOException {
        Map<String, String> told = new LinkedHashMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            all.filter(each -> Files.isRegularFile(each) && !each.equals(config))
                    .forEach(each -> told.put(each.toString(), read(each)));
        }
        return told;
    }

    private static String read(Path file) {
        try {
            return Files.size(file) > 64 << 20 ? "" : new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> get(String url) {
        return exchange(HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Bearer " + ADMIN)
                .build());
    }

    private HttpResponse<String> post(String url, String body) {
        return exchange(HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Bearer " + ADMIN)
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
