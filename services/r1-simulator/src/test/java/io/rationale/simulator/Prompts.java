package io.rationale.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes prompts as a client does. */
public final class Prompts {
    public static final ObjectMapper JSON = new ObjectMapper();

    public static final List<ObjectNode> FAILURES = List.of(
            category("over-chunking", "Passages are too small, one statement was split over several."),
            category("under-chunking", "Passages are too large and hold several topics."),
            category("context-mismatch", "The passage lost the heading or scope that gives it its meaning."),
            category("missed-retrieval", "The document exists but was not among the results of the search."),
            category("low-relevance", "What was found is on the subject but of no help."),
            category("semantic-drift", "A word was taken in another sense, so the search left the subject."),
            category("reranking-low-recall", "The reranker removed the right passage."),
            category("reranking-low-precision", "The reranker kept wrong passages above the right one."),
            category("abstention-failure", "It declined without need or answered where it had to decline."),
            category("fabricated-content", "Facts or names that no source supports."),
            category("parametric-overreliance", "General knowledge was preferred to the sources."),
            category("incomplete-answer", "A part that was asked for is missing in the answer."),
            category("misinterpretation", "The meaning of a passage was turned around."),
            category("contextual-misalignment", "The answer does not fit the question or the situation."),
            category("chronological-inconsistency", "Outdated versions, wrong dates, wrong order."),
            category("numerical-error", "A quantity, unit or calculation is wrong."),
            category("missing-content", "The knowledge base holds nothing on the subject."),
            category("wrong-format", "The form of the answer is wrong, not its content."),
            category("incorrect-specificity", "The answer is on the wrong level of detail."),
            category("query-design", "The question was ambiguous or badly rewritten."),
            category("reference-error", "A citation or link is missing or wrong."),
            category("no-error", "Praise, or nothing is wrong."),
            category("other", "Anything else."));

    private Prompts() {}

    public static ObjectNode category(String id, String definition) {
        return JSON.createObjectNode().put("id", id).put("definition", definition);
    }

    public static ObjectNode note(String id, String text) {
        return JSON.createObjectNode().put("id", id).put("text", text);
    }

    /** A prompt about the failures, with the notes n1, n2 and so on. */
    public static String about(String... texts) {
        return of(
                FAILURES,
                IntStream.range(0, texts.length)
                        .mapToObj(i -> note("n" + (i + 1), texts[i]))
                        .toList());
    }

    /** A prompt whose answer takes some thousand tokens, so minutes at normal speed. */
    public static String lengthy() {
        String[] texts = new String[100];
        Arrays.fill(texts, "The total is wrong, and the link is dead.");
        return about(texts);
    }

    public static String of(List<ObjectNode> categories, List<ObjectNode> notes) {
        return "Sort the notes.\n<categories>\n" + lines(categories) + "\n</categories>\nHere they are:\n<notes>\n"
                + lines(notes) + "\n</notes>\nAnswer as agreed.";
    }

    private static String lines(List<ObjectNode> nodes) {
        return nodes.stream().map(Prompts::line).collect(Collectors.joining("\n"));
    }

    private static String line(ObjectNode node) {
        try {
            return JSON.writeValueAsString(node).replace("<", "\\u003c").replace(">", "\\u003e");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
