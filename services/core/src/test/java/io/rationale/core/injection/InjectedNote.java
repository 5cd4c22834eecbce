package io.rationale.core.injection;

import com.fasterxml.jackson.databind.JsonNode;
import io.rationale.core.json.Json;
import io.rationale.core.note.Context;
import io.rationale.core.note.Note;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A line of the corpus of injected notes. */
record InjectedNote(JsonNode line) {
    static List<InjectedNote> read(Path corpus) throws IOException {
        List<InjectedNote> notes = new ArrayList<>();
        for (String line : Files.readAllLines(corpus)) {
            notes.add(new InjectedNote(Json.mapper().readTree(line)));
        }
        return notes;
    }

    String name() {
        return line.path("kind").asText() + "/" + line.path("name").asText();
    }

    Note note(String id) {
        String text = "The table is cut in two. ".repeat(line.path("padding").asInt() / 25)
                + line.path("text").asText();
        String injected = line.path("injected").asText();
        String field = line.path("field").asText();
        return new Note(
                id,
                text,
                "corpus",
                null,
                field.equals("question") ? injected : null,
                field.equals("answer") ? injected : null,
                field.equals("expected") ? injected : null,
                field.equals("context") ? List.of(new Context("c", 1, null, injected)) : List.of(),
                null,
                null);
    }
}
