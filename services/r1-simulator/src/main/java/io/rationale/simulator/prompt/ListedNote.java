package io.rationale.simulator.prompt;

import java.util.List;
import java.util.Objects;

/**
 * A note as the prompt gives it. Everything but the id and the text is part of an optional RAG report and empty where
 * the prompt is silent.
 */
public record ListedNote(String id, String text, String answer, String expected, List<String> contexts) {

    public ListedNote {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(answer, "answer");
        Objects.requireNonNull(expected, "expected");
        contexts = List.copyOf(contexts);
    }
}
