package io.rationale.core.prompt;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rationale.core.note.Context;
import io.rationale.core.note.Note;
import io.rationale.core.r1.Prompt;
import io.rationale.core.taxonomy.Category;
import io.rationale.core.taxonomy.Taxonomy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Writes the prompt: everything that is the same for every batch first and byte for byte the same, so that the server's
 * prefix cache holds it; the notes last, under the short ids {@code n1}, {@code n2}, ….
 *
 * <p>Notes are untrusted: each is one line of JSON in which {@code <} and {@code >} are escaped, so that no note can
 * write a marker, a role token or a think tag; halves of surrogate pairs are escaped too, because servers fail on them.
 * Thread safe.
 */
public final class PromptBuilder {
    /** Changes with every change of the wording or the encoding; part of each verdict's provenance. */
    public static final String VERSION = "2";

    private static final int ID_TOKENS = 3;
    private static final int MAX_FIELD_CHARACTERS = 8_000;
    private static final int MAX_CONTEXT_CHARACTERS = 16_000;

    private final String prefix;
    private final int prefixTokens;

    public PromptBuilder(Taxonomy taxonomy) {
        this.prefix = template().replace("{{categories}}", categories(taxonomy));
        this.prefixTokens = TokenEstimate.of(prefix);
    }

    /** The short id of the note at that position (from 0) of a batch. */
    public static String shortId(int position) {
        return "n" + (position + 1);
    }

    /** The prompt for these notes, in this order. */
    public Prompt build(List<Note> notes) {
        return buildOf(notes.stream().map(PromptBuilder::content).toList());
    }

    /** The prompt for notes of these {@link #content}s, in this order. */
    public Prompt buildOf(List<String> contents) {
        StringBuilder lines = new StringBuilder("<notes>\n");
        for (int i = 0; i < contents.size(); i++) {
            lines.append("{\"id\":\"")
                    .append(shortId(i))
                    .append("\",")
                    .append(contents.get(i))
                    .append('\n');
        }
        String noteLines = lines.append("</notes>\n").toString();
        return new Prompt(prefix, noteLines, prefixTokens + TokenEstimate.of(noteLines));
    }

    /**
     * What a prompt says of a note, without the short id: all that R1 gets to know. Two notes of the same content are
     * the same question.
     */
    public static String content(Note note) {
        return PromptJson.line(json(note)).substring(1);
    }

    /** Estimated tokens that a note of this {@link #content} adds to a prompt. */
    public static int tokensOf(String content) {
        return ID_TOKENS + TokenEstimate.of(content);
    }

    /** Estimated tokens that a note adds to a prompt. */
    public static int tokensOf(Note note) {
        return tokensOf(content(note));
    }

    /** Estimated tokens of the part that every prompt begins with. */
    public int prefixTokens() {
        return prefixTokens;
    }

    private static String categories(Taxonomy taxonomy) {
        StringBuilder lines = new StringBuilder("<categories>\n");
        for (Category category : taxonomy.leaves()) {
            ObjectNode json = PromptJson.object().put("id", category.id()).put("name", category.name());
            if (category.parent() != null) {
                json.put("stage", category.parent());
            }
            json.put("definition", category.definition());
            if (category.notThis() != null) {
                json.put("not", category.notThis());
            }
            ArrayNode examples = json.putArray("examples");
            category.examples().forEach(examples::add);
            lines.append(PromptJson.line(json)).append('\n');
        }
        return lines.append("</categories>").toString();
    }

    private static ObjectNode json(Note note) {
        ObjectNode json = PromptJson.object().put("text", note.text());
        putCut(json, "question", note.question());
        putCut(json, "answer", note.answer());
        putCut(json, "expected", note.expected());
        if (!note.contexts().isEmpty()) {
            putContexts(json.putArray("contexts"), note.contexts());
        }
        return json;
    }

    private static void putCut(ObjectNode json, String field, String value) {
        if (value != null) {
            json.put(field, PromptJson.cut(value, MAX_FIELD_CHARACTERS));
        }
    }

    private static void putContexts(ArrayNode array, List<Context> contexts) {
        int room = MAX_CONTEXT_CHARACTERS;
        for (Context context : contexts) {
            if (room <= 0) {
                array.addObject().put("text", "[further contexts left out]");
                return;
            }
            ObjectNode json = array.addObject();
            if (context.rank() != null) {
                json.put("rank", context.rank());
            }
            json.put("text", PromptJson.cut(context.text(), room));
            room -= context.text().length();
        }
    }

    private static String template() {
        try (var in = PromptBuilder.class.getResourceAsStream("classify.txt")) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
