package io.rationale.console.alerts;

import io.rationale.core.alert.Alert;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * Somebody who is told of alerts by HTTP POST. Its URL is a secret like its token: neither is ever said.
 *
 * @param name   in the configuration
 * @param url    to post to
 * @param format of the body
 * @param token  sent as a bearer token, where there is one
 */
record Webhook(String name, URI url, WebhookFormat format, Optional<String> token) {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** What became of a try. */
    sealed interface Result {
        /** It arrived. */
        record Taken() implements Result {}

        /** Worth another try. */
        record Again(String why) implements Result {}

        /** The receiver does not want it: another try would be the same. */
        record Refused(String why) implements Result {}
    }

    Result post(HttpClient http, Alert alert) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(url)
                    .timeout(TIMEOUT)
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", alert.id() + "-" + alert.state().code())
                    .POST(HttpRequest.BodyPublishers.ofByteArray(
                            format.body(alert).toArray()));
            token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
            int status = http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            return result(status);
        } catch (IOException e) {
            // Its message may tell the URL.
            return new Result.Again(e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Result.Again("interrupted");
        }
    }

    private static Result result(int status) {
        if (status / 100 == 2) {
            return new Result.Taken();
        }
        boolean passes = status >= 500 || status == 408 || status == 425 || status == 429;
        return passes ? new Result.Again("status " + status) : new Result.Refused("status " + status);
    }

    /** Without what is secret. */
    @Override
    public String toString() {
        return "Webhook[" + name + "]";
    }
}
