package io.rationale.benchmark.check;

import io.rationale.core.json.Json;
import io.rationale.core.note.Note;
import io.rationale.core.prompt.PromptBuilder;
import io.rationale.core.taxonomy.Taxonomies;
import io.rationale.simulator.reasoner.LexicalReasoner;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/** What the simulator says about a note by itself, without the way there and back. */
public final class LexicalAnswers implements Function<Note, String> {
    private final PromptBuilder prompts = new PromptBuilder(Taxonomies.ragFailures());
    private final LexicalReasoner reasoner = new LexicalReasoner(0);

    /** The category, as the simulator judges it. */
    @Override
    public String apply(Note note) {
        String answer = reasoner.think(prompts.build(List.of(note)).text()).answer();
        return Json.tree(answer.getBytes(StandardCharsets.UTF_8))
                .path("verdicts")
                .path(0)
                .path("category")
                .textValue();
    }
}
