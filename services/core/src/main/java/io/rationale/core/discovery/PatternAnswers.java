package io.rationale.core.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import io.rationale.core.note.Note;
import io.rationale.core.prompt.PromptJson;
import io.rationale.core.verdict.Evidence;
import io.rationale.core.verdict.JsonValues;
import io.rationale.core.verdict.QuoteFinder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads the patterns that R1 named in a piece: tolerant in form, strict in contract. The last object with a list of
 * patterns counts, since one that was forged inside a note is quoted before the real one. Only ids that were asked about
 * and quotes that stand in the very note come out.
 */
final class PatternAnswers {
    private static final int LONGEST_NAME = 80;
    private static final int LONGEST_TEXT = 600;
    private static final int LONGEST_QUOTE = 300;
    private static final int MOST_EXAMPLES = 5;
    private static final int MOST_PATTERNS = 50;

    private final List<Note> notes;
    private final int run;
    private final Map<Integer, QuoteFinder> finders = new HashMap<>();
    private final List<Pattern> patterns = new ArrayList<>();
    private final List<DroppedPattern> dropped = new ArrayList<>();

    /** What an answer holds. */
    record Read(List<Pattern> patterns, List<DroppedPattern> dropped) {}

    private PatternAnswers(List<Note> notes, int run) {
        this.notes = notes;
        this.run = run;
    }

    /**
     * Reads an answer about these notes.
     *
     * @return empty when it holds no such object
     */
    static Optional<Read> read(String answer, List<Note> notes, int run) {
        return JsonValues.in(answer).stream()
                .filter(value -> value.path("patterns").isArray())
                .reduce((first, second) -> second)
                .map(value -> new PatternAnswers(notes, run).read(value.get("patterns")));
    }

    private Read read(JsonNode entries) {
        for (JsonNode entry : entries) {
            String name = PlainWords.name(entry.path("name").asText(""), LONGEST_NAME);
            if (patterns.size() < MOST_PATTERNS) {
                read(entry, name);
            } else if (dropped.size() < MOST_PATTERNS) {
                drop(name, "An answer names " + MOST_PATTERNS + " patterns at most.");
            }
        }
        return new Read(patterns, dropped);
    }

    private void read(JsonNode entry, String name) {
        String definition = PlainWords.of(entry.path("definition").asText(""), LONGEST_TEXT);
        List<Example> examples = examples(entry.path("examples"));
        if (name.isEmpty() || definition.isEmpty()) {
            drop(name, "It has no " + (name.isEmpty() ? "name" : "definition") + ".");
        } else if (examples.isEmpty()) {
            int given = entry.path("examples").size();
            drop(
                    name,
                    given == 0
                            ? "It was given without an example."
                            : "None of its " + given + " quotes stands in the note that it is said to be from.");
        } else {
            patterns.add(new Pattern(
                    run,
                    name,
                    definition,
                    PlainWords.orNull(text(entry, "not"), LONGEST_TEXT),
                    PlainWords.orNull(text(entry, "remedy"), LONGEST_TEXT),
                    examples,
                    members(entry.path("notes"), examples)));
        }
    }

    private void drop(String name, String reason) {
        dropped.add(new DroppedPattern(name, run, reason));
    }

    private List<Example> examples(JsonNode entries) {
        List<Example> examples = new ArrayList<>();
        for (JsonNode entry : entries) {
            example(entry).filter(found -> !examples.contains(found)).ifPresent(examples::add);
        }
        return examples.subList(0, Math.min(MOST_EXAMPLES, examples.size()));
    }

    private Optional<Example> example(JsonNode entry) {
        int position = position(entry.path("id"));
        String quote = Stream.of("quote", "text")
                .map(field -> text(entry, field))
                .filter(text -> text != null && !text.isBlank())
                .findFirst()
                .orElse(null);
        if (position < 0 || quote == null) {
            return Optional.empty();
        }
        return finders.computeIfAbsent(position, at -> new QuoteFinder(notes.get(at)))
                .find(quote)
                .map(found -> example(notes.get(position), found));
    }

    /** The beginning of a long quote is as verbatim as the whole. */
    private static Example example(Note note, Evidence found) {
        String quote = PromptJson.beginning(found.quote(), LONGEST_QUOTE);
        int end = found.start() + quote.codePointCount(0, quote.length());
        return new Example(note.id(), found.field(), quote, found.start(), end);
    }

    private List<String> members(JsonNode entries, List<Example> examples) {
        Set<String> members = new LinkedHashSet<>();
        for (JsonNode entry : entries) {
            int position = position(entry);
            if (position >= 0) {
                members.add(notes.get(position).id());
            }
        }
        examples.forEach(example -> members.add(example.noteId()));
        return List.copyOf(members);
    }

    /** The position (from 0) of the note that is meant, or -1. */
    private int position(JsonNode id) {
        String given = id.asText("").strip().toLowerCase(Locale.ROOT);
        String number = given.startsWith("n") ? given.substring(1) : given;
        if (number.isEmpty() || number.length() > 6 || !number.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        int position = Integer.parseInt(number) - 1;
        return position < notes.size() ? position : -1;
    }

    private static String text(JsonNode entry, String field) {
        JsonNode value = entry.path(field);
        return value.isTextual() ? value.textValue() : null;
    }
}
