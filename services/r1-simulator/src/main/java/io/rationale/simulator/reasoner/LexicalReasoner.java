package io.rationale.simulator.reasoner;

import io.rationale.simulator.prompt.ListedCategory;
import io.rationale.simulator.prompt.ListedNote;
import io.rationale.simulator.prompt.ListedPattern;
import io.rationale.simulator.prompt.Task;
import io.rationale.simulator.prompt.TaskReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Answers prompts by comparing words: no model, no understanding, but the same form of thought and answer that a
 * reasoning model gives. Deterministic for a seed, which only chooses the phrases of the thought. Thread-safe; the time
 * it takes is linear in the length of the prompt.
 */
public final class LexicalReasoner {
    private static final int REMEMBERED_LISTS = 16;

    private final long seed;
    private final Map<List<ListedCategory>, CategoryIndex> indexes = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<List<ListedCategory>, CategoryIndex> eldest) {
            return size() > REMEMBERED_LISTS;
        }
    };

    public LexicalReasoner(long seed) {
        this.seed = seed;
    }

    /**
     * Thinks about any prompt: sorts notes into categories, finds patterns in notes, or says which patterns are the same.
     * One that asks for nothing of this gets an honest word about what this is.
     */
    public Thinking think(String prompt) {
        return TaskReader.read(prompt).map(this::think).orElseGet(() -> discover(prompt));
    }

    private static Thinking discover(String prompt) {
        List<ListedPattern> patterns = TaskReader.patternsToMerge(prompt);
        List<ListedNote> notes = TaskReader.notesToGroup(prompt);
        if (!patterns.isEmpty()) {
            return PatternMerger.merged(patterns);
        }
        return notes.isEmpty() ? introduceItself() : PatternNarrator.think(notes.size(), PatternFinder.find(notes));
    }

    private Thinking think(Task task) {
        CategoryIndex index = indexOf(task.categories());
        List<Judgement> judgements =
                task.notes().stream().map(note -> Judge.judge(index, note)).toList();
        return new Thinking(
                SafeText.inThought(thought(task, judgements)), AnswerJson.write(judgements), judgements.size());
    }

    private CategoryIndex indexOf(List<ListedCategory> categories) {
        synchronized (indexes) {
            return indexes.computeIfAbsent(categories, CategoryIndex::new);
        }
    }

    private String thought(Task task, List<Judgement> judgements) {
        String intro = String.format(
                "Okay, %s and %s to choose from. I am a lexical stand-in: I go by the words that a note shares with the"
                        + " categories, note by note.",
                counted(judgements.size(), "note", "notes"),
                counted(task.categories().size(), "category", "categories"));
        String end = judgements.isEmpty()
                ? "There is no note that I could read, so the list of verdicts stays empty."
                : "That is every note, each with one category; now the verdicts as one JSON object.";
        Stream<String> paragraphs = judgements.stream().map(judgement -> Narrator.paragraph(judgement, seed));
        return Stream.of(Stream.of(intro), paragraphs, Stream.of(end))
                .flatMap(part -> part)
                .collect(Collectors.joining("\n\n"));
    }

    private static String counted(int count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }

    private static Thinking introduceItself() {
        return new Thinking(
                "The prompt has no <categories> and <notes> blocks, so there is nothing for me to sort. I should say what"
                        + " I am instead of making something up.",
                "I am a lexical stand-in for DeepSeek-R1, not a language model. I sort notes into categories by the words"
                        + " they share. Send a prompt with a <categories> and a <notes> block, one JSON object a line, or"
                        + " only a <notes> block to have its patterns named.",
                0);
    }
}
