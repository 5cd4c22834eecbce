package io.rationale.console.api;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import io.rationale.core.json.Json;
import jakarta.ws.rs.core.Response;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A refusal in the form of RFC 9457.
 *
 * @param type    always {@code about:blank}: the status says the kind
 * @param title   the status in words
 * @param status  of HTTP
 * @param detail  a sentence that says what to change
 * @param members further members of the JSON object
 */
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        @JsonAnyGetter Map<String, Object> members) {
    /** The media type. */
    public static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    /** A problem without further members; its title is the status' own. */
    public static Problem of(int status, String detail) {
        Response.Status known = Response.Status.fromStatusCode(status);
        String title = status == 422 ? "Unprocessable Content" : known == null ? "Error" : known.getReasonPhrase();
        return new Problem("about:blank", title, status, detail, Map.of());
    }

    /** The same with one more member. */
    public Problem with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(members);
        more.put(name, value);
        return new Problem(type, title, status, detail, more);
    }

    /** As JSON. */
    public byte[] json() {
        return Json.bytes(this);
    }
}
