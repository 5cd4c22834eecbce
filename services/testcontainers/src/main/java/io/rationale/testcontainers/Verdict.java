package io.rationale.testcontainers;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * What was decided about a note.
 *
 * @param noteId    of the note
 * @param category  the label; none for a note that R1 gave no acceptable answer about
 * @param agreement share of the votes for it, 0 to 1
 * @param quotes    the evidence, verbatim from the note
 * @param rationale why, in a sentence
 * @param reasoning the chain of thought about it
 * @param model     who thought; {@code lexical-stand-in} is the simulator, which compares words
 * @param event     the whole audit event ({@code audit-event.v1} of Rationale's schemas)
 */
public record Verdict(
        String noteId,
        Optional<String> category,
        double agreement,
        List<String> quotes,
        String rationale,
        String reasoning,
        String model,
        JsonNode event) {
    public Verdict {
        quotes = List.copyOf(quotes);
    }

    static Verdict of(JsonNode event) {
        JsonNode verdict = event.path("verdict");
        return new Verdict(
                event.path("note").path("id").asText(),
                Optional.of(verdict.path("category").asText()).filter(text -> !text.isEmpty()),
                verdict.path("agreement").asDouble(),
                StreamSupport.stream(verdict.path("evidence").spliterator(), false)
                        .map(evidence -> evidence.path("quote").asText())
                        .toList(),
                verdict.path("rationale").asText(),
                verdict.path("reasoning").path("text").asText(),
                verdict.path("provenance").path("model").asText(),
                event);
    }
}
