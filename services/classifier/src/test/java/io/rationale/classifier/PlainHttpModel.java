package io.rationale.classifier;

import io.rationale.core.json.Bytes;
import io.rationale.core.json.Json;
import io.rationale.core.r1.ChatCompletion;
import io.rationale.core.r1.ModelOutcome;
import io.rationale.core.r1.ModelReply;
import io.rationale.core.r1.ModelRequest;
import io.rationale.core.r1.ReasoningModel;
import io.rationale.core.r1.Sampling;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** R1 over the JDK's HTTP client: for loops outside of Quarkus, in processes of their own too. Asks until answered. */
public final class PlainHttpModel implements ReasoningModel {
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI completions;

    public PlainHttpModel(String baseUrl) {
        this.completions = URI.create(baseUrl + "/chat/completions");
    }

    @Override
    public ModelReply call(ModelRequest request) throws InterruptedException {
        var body = Json.mapper().createObjectNode().put("model", "r1");
        body.putArray("messages")
                .addObject()
                .put("role", "user")
                .put("content", request.prompt().text());
        while (true) {
            try {
                return reply(Bytes.utf8(Json.line(body)));
            } catch (IOException e) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
    }

    private ModelReply reply(Bytes body) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = client.send(
                HttpRequest.newBuilder(completions)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body.toArray()))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        Bytes received = Bytes.of(response.body());
        ChatCompletion completion = ChatCompletion.parse(received);
        ModelOutcome outcome = completion.outcome();
        return new ModelReply(
                outcome,
                completions.toString(),
                null,
                "r1",
                body,
                received,
                200,
                Sampling.R1,
                completion.usage(),
                Instant.now(),
                null,
                Duration.ZERO,
                1,
                List.of());
    }
}
