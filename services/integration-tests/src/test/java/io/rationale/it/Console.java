package io.rationale.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A console's API, as a program on this machine uses it. */
record Console(String url) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** Sends notes of one source in one request. @return their ids */
    List<String> send(String source, List<String> texts) throws IOException, InterruptedException {
        return send(source, texts, UUID.randomUUID().toString());
    }

    /** The same under a key: however often it is sent, the notes are taken once. */
    List<String> send(String source, List<String> texts, String key) throws IOException, InterruptedException {
        ArrayNode notes = JSON.createArrayNode();
        texts.forEach(text -> notes.addObject().put("text", text).put("source", source));
        HttpResponse<String> response = HTTP.send(
                HttpRequest.newBuilder(URI.create(url + "/api/v1/notes"))
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", key)
                        .POST(HttpRequest.BodyPublishers.ofString(notes.toString()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 202) {
            throw new IOException(response.statusCode() + " " + response.body());
        }
        List<String> ids = new ArrayList<>();
        JSON.readTree(response.body())
                .path("notes")
                .forEach(note -> ids.add(note.path("id").asText()));
        return ids;
    }

    /** The table of one source, over all time. */
    JsonNode statistics(String source) throws IOException, InterruptedException {
        return JSON.readTree(get("/api/v1/statistics?window=all&source=" + source));
    }

    /** How many of its notes are decided, and not. */
    long counted(String source) throws IOException, InterruptedException {
        JsonNode table = statistics(source);
        return table.path("decided").asLong() + table.path("undecided").asLong();
    }

    /** One verdict a line, of one source. */
    List<JsonNode> verdicts(String source) throws IOException, InterruptedException {
        List<JsonNode> verdicts = new ArrayList<>();
        for (String line : get("/api/v1/export/verdicts?format=ndjson&window=all&source=" + source)
                .split("\n")) {
            if (!line.isBlank()) {
                verdicts.add(JSON.readTree(line));
            }
        }
        return verdicts;
    }

    /** How many decisions the audit holds about a note. */
    int decisions(String noteId) throws IOException, InterruptedException {
        return JSON.readTree(get("/api/v1/notes/" + noteId)).path("history").size();
    }

    /** A body, when it is answered with 200. */
    String get(String route) throws IOException, InterruptedException {
        HttpResponse<String> response = HTTP.send(
                HttpRequest.newBuilder(URI.create(url + route)).build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(response.statusCode() + " " + response.body());
        }
        return response.body();
    }
}
