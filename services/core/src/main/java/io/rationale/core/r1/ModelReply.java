package io.rationale.core.r1;

import io.rationale.core.json.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * An outcome with where it came from and what it cost.
 *
 * @param outcome  how the call ended
 * @param endpoint base URL that was asked, without credentials
 * @param server   what the server says it is, or null
 * @param model    the model that answered, or null when nothing did
 * @param request  the body as sent
 * @param response the body as received, unchanged
 * @param status   HTTP status, or 0 when there was none
 * @param sampling how the model was asked to sample, or null when it was not asked
 * @param usage    tokens as the server counted them
 * @param startedAt when it was sent
 * @param firstPayload from sending to the first words of thought or answer, or null where that was not seen
 * @param total    from sending to the last byte
 * @param attempts calls made for this reply, retries included
 * @param earlier  of those, the ones that failed and still brought words
 */
public record ModelReply(
        ModelOutcome outcome,
        String endpoint,
        String server,
        String model,
        Bytes request,
        Bytes response,
        int status,
        Sampling sampling,
        Usage usage,
        Instant startedAt,
        Duration firstPayload,
        Duration total,
        int attempts,
        List<ModelReply> earlier) {
    public ModelReply {
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(response, "response");
        Objects.requireNonNull(usage, "usage");
        Objects.requireNonNull(startedAt, "startedAt");
        earlier = List.copyOf(earlier);
    }

    /** The same reply, reached with that many calls, of which these failed and still brought words. */
    public ModelReply after(List<ModelReply> failed, int calls) {
        return new ModelReply(
                outcome,
                endpoint,
                server,
                model,
                request,
                response,
                status,
                sampling,
                usage,
                startedAt,
                firstPayload,
                total,
                calls,
                failed);
    }
}
