package io.rationale.simulator.reasoner;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Thinks aloud about groups of notes and answers with one JSON object that names them as patterns. */
final class PatternNarrator {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int EXAMPLES = 3;

    private PatternNarrator() {}

    static Thinking think(int notes, List<Grouped> groups) {
        String intro =
                "Okay, " + notes + " notes. I am a lexical stand-in: I look for words that several notes share and"
                        + " that do not stand in all of them, and put those notes together.";
        String end = groups.isEmpty()
                ? "No word recurs that would tell anything, so the list of patterns stays empty."
                : "What is left shares no telling word. Now the patterns as one JSON object.";
        String thought = Stream.of(Stream.of(intro), groups.stream().map(PatternNarrator::paragraph), Stream.of(end))
                .flatMap(part -> part)
                .collect(Collectors.joining("\n\n"));
        return new Thinking(SafeText.inThought(thought), SafeText.inJson(written(answer(groups))), 0);
    }

    private static String paragraph(Grouped group) {
        String ids = group.members().stream().map(Grouped.Member::id).collect(Collectors.joining(", "));
        String beside = group.beside().isEmpty() ? "" : " Beside it stand " + listed(group.beside()) + ".";
        return ("The word \"" + group.word() + "\" recurs in " + ids + "." + beside + " A typical one says: \""
                        + group.members().getFirst().quote() + "\" I take these "
                        + group.members().size() + " notes for one pattern.")
                .replaceAll("\\R", " ");
    }

    private static ObjectNode answer(List<Grouped> groups) {
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode patterns = answer.putArray("patterns");
        for (Grouped group : groups) {
            ObjectNode pattern = patterns.addObject()
                    .put("name", group.name())
                    .put("definition", definition(group))
                    .put("not", "Notes that use the word beside another problem.")
                    .put(
                            "remedy",
                            "Read the examples and look into what they say about \"" + group.word()
                                    + "\"; a lexical stand-in knows words and no causes.");
            ArrayNode examples = pattern.putArray("examples");
            group.members().stream().limit(EXAMPLES).forEach(member -> examples.addObject()
                    .put("id", member.id())
                    .put("quote", member.quote()));
            ArrayNode notes = pattern.putArray("notes");
            group.members().forEach(member -> notes.add(member.id()));
        }
        return answer;
    }

    private static String definition(Grouped group) {
        String beside = group.beside().isEmpty() ? "" : ", often beside " + listed(group.beside());
        return "Notes that turn on the word \"" + group.word() + "\"" + beside + ".";
    }

    static String listed(List<String> words) {
        return words.stream().map(word -> "\"" + word + "\"").collect(Collectors.joining(", "));
    }

    static String written(ObjectNode answer) {
        try {
            return JSON.writeValueAsString(answer);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
