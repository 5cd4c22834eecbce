package io.rationale.simulator.prompt;

import java.util.List;

/** What a prompt asks for: to put each note into one of the categories. Never without a category. */
public record Task(List<ListedCategory> categories, List<ListedNote> notes) {

    public Task {
        categories = List.copyOf(categories);
        notes = List.copyOf(notes);
        if (categories.isEmpty()) {
            throw new IllegalArgumentException("A task needs at least one category.");
        }
    }
}
