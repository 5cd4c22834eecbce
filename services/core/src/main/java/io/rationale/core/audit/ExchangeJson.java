package io.rationale.core.audit;

import io.rationale.core.json.AlikeTexts;
import io.rationale.core.json.Bytes;
import io.rationale.core.json.Json;
import io.rationale.core.json.JsonBuffer;
import io.rationale.core.r1.ModelReply;
import java.util.List;

/**
 * Writes exchanges as they stand in Kafka, from the bytes that went over the wire: the same value as
 * {@link Exchange#of}, without a detour over strings of tens of thousands of characters. Thread safe.
 */
public final class ExchangeJson {
    /** For the names of the fields, and for more escapes than there mostly are. */
    private static final int MARGIN = 1_024;

    private final AlikeTexts requests = new AlikeTexts();

    /** What came back from a call about these notes. */
    public byte[] write(String id, List<String> noteIds, ModelReply reply) {
        Bytes request = reply.request();
        Bytes response = reply.response();
        boolean isText = response.strictUtf8().isPresent();
        byte[] others = Json.bytes(Exchange.of(id, noteIds, reply, null, null, isText ? null : response.base64()));
        JsonBuffer json = new JsonBuffer(
                others.length + request.size() + request.size() / 8 + response.size() + response.size() / 4 + MARGIN);
        json.append(others, 0, others.length - 1).append(",\"request\":\"");
        // What we sent is UTF-8; what came back need not be.
        requests.appendInside(request, json);
        json.append("\"");
        if (isText) {
            json.append(",\"response\":\"").appendInside(response).append("\"");
        }
        return json.append("}").toArray();
    }
}
