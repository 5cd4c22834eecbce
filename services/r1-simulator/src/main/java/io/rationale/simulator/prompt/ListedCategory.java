package io.rationale.simulator.prompt;

import java.util.List;
import java.util.Objects;

/** A category as the prompt gives it; only the id is sure, everything else may be empty. */
public record ListedCategory(String id, String name, String definition, List<String> examples) {

    public ListedCategory {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(definition, "definition");
        examples = List.copyOf(examples);
    }

    /** The name where there is one, otherwise the id. */
    public String title() {
        return name.isBlank() ? id : name;
    }
}
