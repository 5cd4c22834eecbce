package io.rationale.classifier.r1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rationale.core.json.Bytes;
import io.rationale.core.json.Json;
import io.rationale.core.r1.ChatCompletion;
import io.rationale.core.r1.ModelOutcome;
import io.rationale.core.r1.ModelReply;
import io.rationale.core.r1.ModelRequest;
import io.rationale.core.r1.ReasoningModel;
import io.rationale.core.r1.Sampling;
import io.rationale.core.r1.ServerErrors;
import io.rationale.core.r1.Usage;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** One endpoint over HTTP. Never throws for what a server does: that is an outcome. Thread safe. */
public final class HttpReasoningModel implements ReasoningModel {
    /** Far more than any chain of thought; an exchange of that size still fits into a record of its topic. */
    private static final int LARGEST_RESPONSE = 2 * 1024 * 1024;

    private final OpenAiApi api;
    private final String endpoint;
    private final Sampling sampling;
    private final String apiKey;
    private final String authorization;
    private final String configuredModel;
    /** As configured, else asked from the server and kept until the server does not know it any more. */
    private volatile String model;

    /**
     * @param api      the REST client of the endpoint
     * @param endpoint base URL, for provenance
     * @param model    to ask for, or null for the first that the server lists
     * @param apiKey   bearer token, or null
     * @param sampling sent with each call
     */
    public HttpReasoningModel(OpenAiApi api, String endpoint, String model, String apiKey, Sampling sampling) {
        this.api = api;
        this.endpoint = endpoint;
        this.sampling = sampling;
        this.configuredModel = model;
        this.model = model;
        // Keys come from mounted files, too, and those end with a newline.
        this.apiKey = apiKey == null || apiKey.isBlank() ? null : apiKey.strip();
        this.authorization = this.apiKey == null ? null : "Bearer " + this.apiKey;
    }

    /** The endpoint's base URL. */
    public String endpoint() {
        return endpoint;
    }

    /** Asks the server for its models; what is wrong when it cannot say them. */
    public Optional<ModelOutcome> probe() {
        try {
            return askForModel();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(new ModelOutcome.Unreachable("interrupted"));
        }
    }

    private Optional<ModelOutcome> askForModel() throws InterruptedException {
        Received models = send(() -> api.models(authorization));
        if (models.failure() != null) {
            return Optional.of(models.failure());
        }
        if (model == null) {
            model = firstModel(models.body());
        }
        return model != null
                ? Optional.empty()
                : Optional.of(new ModelOutcome.Refused(404, "the server lists no model; name one"));
    }

    @Override
    public ModelReply call(ModelRequest request) throws InterruptedException {
        long start = System.nanoTime();
        Optional<ModelOutcome> unavailable = model == null ? askForModel() : Optional.empty();
        if (unavailable.isPresent()) {
            return reply(unavailable.get(), Bytes.empty(), new Received(0, null, Bytes.empty(), null), null, start);
        }
        Bytes body = Bytes.of(Json.bytes(body(request)));
        Received received = send(() -> api.chatCompletions(authorization, body.toArray()));
        if (received.failure() != null) {
            ModelReply reply = reply(received.failure(), body, received, null, start);
            model = received.status() == 404 ? configuredModel : model;
            return reply;
        }
        ChatCompletion completion = ChatCompletion.parse(received.body());
        return reply(completion.outcome(), body, received, completion, start);
    }

    private ObjectNode body(ModelRequest request) {
        ObjectNode body = Json.mapper().createObjectNode();
        body.put("model", model);
        body.putArray("messages")
                .addObject()
                .put("role", "user")
                .put("content", request.prompt().text());
        body.put("temperature", sampling.temperature());
        body.put("top_p", sampling.topP());
        body.put("max_tokens", sampling.maxTokens());
        if (sampling.seed() != null) {
            body.put("seed", sampling.seed());
        }
        return body.put("stream", false);
    }

    private ModelReply reply(
            ModelOutcome outcome, Bytes request, Received received, ChatCompletion completion, long start) {
        return new ModelReply(
                outcome,
                endpoint,
                received.server(),
                completion == null || completion.model() == null ? model : completion.model(),
                request,
                received.body(),
                received.status(),
                sampling,
                completion == null ? Usage.NONE : completion.usage(),
                null,
                Duration.ofNanos(System.nanoTime() - start),
                1);
    }

    private record Received(int status, String server, Bytes body, ModelOutcome failure) {}

    private interface Exchange {
        Response send();
    }

    private Received send(Exchange exchange) throws InterruptedException {
        try (Response response = exchange.send()) {
            return received(response);
        } catch (WebApplicationException e) {
            return received(e.getResponse());
        } catch (ProcessingException | IllegalStateException e) {
            throwIfInterrupted(e);
            return new Received(0, null, Bytes.empty(), failure(e));
        }
    }

    private Received received(Response response) {
        Bytes body = response.hasEntity() ? Bytes.of(response.readEntity(byte[].class)) : Bytes.empty();
        int status = response.getStatus();
        ModelOutcome failure =
                status == 200 ? null : ServerErrors.outcome(status, withoutKey(body), retryAfter(response));
        if (body.size() > LARGEST_RESPONSE) {
            failure = new ModelOutcome.Malformed("a response of " + body.size() + " bytes, which is no completion");
            body = Bytes.of(Arrays.copyOf(body.toArray(), LARGEST_RESPONSE));
        }
        return new Received(status, response.getHeaderString("Server"), body, failure);
    }

    /** Taken for a broken connection, an interrupt would be answered by another call. */
    private static void throwIfInterrupted(Exception e) throws InterruptedException {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedException || Thread.interrupted()) {
                throw new InterruptedException("interrupted while R1 was thinking");
            }
        }
    }

    private static ModelOutcome failure(Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            boolean connecting = cause.getClass().getSimpleName().contains("Connect");
            if (cause instanceof TimeoutException && !connecting) {
                return new ModelOutcome.TimedOut(ModelOutcome.Timer.TOTAL, "", "");
            }
        }
        return new ModelOutcome.Unreachable(rootMessage(e));
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    /** Some servers repeat the key that they refuse; messages are shown and logged. */
    private Bytes withoutKey(Bytes body) {
        return apiKey == null ? body : Bytes.utf8(body.lenientUtf8().replace(apiKey, "***"));
    }

    private static Optional<Duration> retryAfter(Response response) {
        try {
            return Optional.ofNullable(response.getHeaderString("Retry-After"))
                    .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds.strip())));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static String firstModel(Bytes body) {
        try {
            JsonNode models = Json.mapper().readTree(body.toArray());
            return models.path("data").path(0).path("id").asText(null);
        } catch (IOException e) {
            return null;
        }
    }
}
