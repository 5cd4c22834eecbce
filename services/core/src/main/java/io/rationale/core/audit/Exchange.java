package io.rationale.core.audit;

import io.rationale.core.r1.ModelReply;
import io.rationale.core.r1.Usage;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One R1 request and its raw response.
 *
 * @param version version of the schema
 * @param id the record's key
 * @param endpoint base URL that was asked, without credentials
 * @param server what the server says it is, or null
 * @param model the model that answered, or null when nothing did
 * @param noteIds the notes asked about, in the prompt's order
 * @param request the body as sent
 * @param status HTTP status, 0 without one
 * @param response the body as received, where it is UTF-8
 * @param responseBase64 the body as received, where it is not
 * @param reasoning the chain of thought, untrimmed
 * @param content the answer, untrimmed
 * @param outcome how the call ended
 * @param usage tokens as the server counted them
 * @param startedAt when it was sent
 * @param firstPayloadMillis from sending to the first words, or null where that was not seen
 * @param totalMillis from sending to the last byte
 */
public record Exchange(
        int version,
        String id,
        String endpoint,
        String server,
        String model,
        List<String> noteIds,
        String request,
        int status,
        String response,
        String responseBase64,
        String reasoning,
        String content,
        String outcome,
        Usage usage,
        Instant startedAt,
        Long firstPayloadMillis,
        long totalMillis) {
    public Exchange {
        Objects.requireNonNull(id, "id");
        noteIds = List.copyOf(noteIds);
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(startedAt, "startedAt");
    }

    /** What came back from a call about these notes. */
    public static Exchange of(String id, List<String> noteIds, ModelReply reply) {
        Optional<String> response = reply.response().strictUtf8();
        return of(
                id,
                noteIds,
                reply,
                reply.request().lenientUtf8(),
                response.orElse(null),
                response.isPresent() ? null : reply.response().base64());
    }

    static Exchange of(
            String id, List<String> noteIds, ModelReply reply, String request, String response, String base64) {
        return new Exchange(
                AuditEvent.SCHEMA_VERSION,
                id,
                reply.endpoint(),
                reply.server(),
                reply.model(),
                noteIds,
                request,
                reply.status(),
                response,
                base64,
                reply.outcome().reasoning(),
                reply.outcome().content(),
                reply.outcome().name(),
                reply.usage(),
                reply.startedAt(),
                reply.firstPayload() == null ? null : reply.firstPayload().toMillis(),
                reply.total().toMillis());
    }
}
