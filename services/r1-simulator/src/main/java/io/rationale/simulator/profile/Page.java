package io.rationale.simulator.profile;

import com.fasterxml.jackson.databind.JsonNode;

/** A body with its type. */
public record Page(String contentType, String body) {

    public static Page json(JsonNode body) {
        return new Page("application/json", body.toString());
    }

    static Page text(String body) {
        return new Page("text/plain; charset=utf-8", body);
    }

    static Page empty() {
        return text("");
    }
}
