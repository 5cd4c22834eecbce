package io.rationale.benchmark.replicas;

import io.rationale.benchmark.stack.Await;
import io.rationale.benchmark.stack.ConsoleProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Clients that send the same keyed requests to both replicas at once, and go to the other one when one does not answer. */
final class KeyedRequests implements AutoCloseable {
    static final int NOTES_EACH = 5;

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final List<ConsoleProcess> replicas;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
    private final List<List<Future<String>>> answers = new ArrayList<>();

    KeyedRequests(List<ConsoleProcess> replicas) {
        this.replicas = replicas;
    }

    /** Begins to send one request, twice under one key. */
    void send(String key) {
        String body = String.join(
                "\n",
                IntStream.range(0, NOTES_EACH)
                        .mapToObj(i -> "\"" + key + " note " + i + "\"")
                        .toList());
        answers.add(IntStream.range(0, replicas.size())
                .mapToObj(first -> clients.submit(() -> sendUntilAnswered(first, key, body)))
                .toList());
    }

    /** For each request the answers that its clients got, when all have one. */
    List<List<String>> answers() throws ExecutionException, InterruptedException {
        List<List<String>> all = new ArrayList<>();
        for (List<Future<String>> same : answers) {
            List<String> got = new ArrayList<>();
            for (Future<String> answer : same) {
                got.add(answer.get());
            }
            all.add(got);
        }
        return all;
    }

    private String sendUntilAnswered(int first, String key, String body) {
        int[] next = {first};
        return Await.present("an answer to " + key, PATIENCE, () -> {
            ConsoleProcess replica = replicas.get(next[0]++ % replicas.size());
            return send(replica, key, body);
        });
    }

    private Optional<String> send(ConsoleProcess replica, String key, String body) {
        HttpRequest request = HttpRequest.newBuilder(replica.uri("/api/v1/notes"))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/x-ndjson")
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() == 202) {
                return Optional.of(answer.body());
            }
            if (answer.statusCode() != 429 && answer.statusCode() != 503) {
                throw new IllegalStateException(answer.statusCode() + " " + answer.body());
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        clients.shutdownNow();
        http.shutdownNow();
    }
}
