package io.rationale.core.discovery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rationale.core.note.Note;
import io.rationale.core.prompt.PromptBuilder;
import io.rationale.core.prompt.PromptJson;
import io.rationale.core.prompt.TokenEstimate;
import io.rationale.core.r1.Prompt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The prompts of a discovery: what is the same for every piece first and byte for byte the same, notes or patterns last,
 * under short ids. Both are untrusted and written as {@link PromptBuilder} writes notes. Thread safe.
 */
public final class DiscoveryPrompts {
    /** Changes with every change of the wording. */
    public static final String VERSION = "1";

    private final String naming;
    private final String merging;

    /** @param language in which categories are named, in English words */
    public DiscoveryPrompts(String language) {
        // What a person configures stands among the instructions: on one line, and no more than a name.
        String plain = PlainWords.of(language, 40);
        this.naming = template("name.txt").replace("{{language}}", plain);
        this.merging = template("merge.txt").replace("{{language}}", plain);
    }

    /** Asks for the patterns of these notes, which get the ids {@code n1}, {@code n2}, …. */
    public Prompt naming(List<Note> notes) {
        StringBuilder lines = new StringBuilder("<notes>\n");
        for (int i = 0; i < notes.size(); i++) {
            lines.append("{\"id\":\"")
                    .append(noteId(i))
                    .append("\",")
                    .append(PromptBuilder.content(notes.get(i)))
                    .append('\n');
        }
        return new Prompt(naming, lines.append("</notes>\n").toString());
    }

    /** Asks which of these groups are the same; they get the ids {@code c1}, {@code c2}, …. */
    Prompt merging(List<PatternGroup> groups) {
        StringBuilder lines = new StringBuilder("<patterns>\n");
        for (int i = 0; i < groups.size(); i++) {
            lines.append(line(groups.get(i), i)).append('\n');
        }
        return new Prompt(merging, lines.append("</patterns>\n").toString());
    }

    /** Estimated tokens that a group adds to a prompt. */
    static int tokensOf(PatternGroup group) {
        return TokenEstimate.of(line(group, 0));
    }

    /** The short id of the note at that position (from 0). */
    static String noteId(int position) {
        return PromptBuilder.shortId(position);
    }

    /** The short id of the group at that position (from 0). */
    static String groupId(int position) {
        return "c" + (position + 1);
    }

    private static String line(PatternGroup group, int position) {
        ObjectNode json = PromptJson.object()
                .put("id", groupId(position))
                .put("name", group.name())
                .put("definition", group.definition());
        if (group.notThis() != null) {
            json.put("not", group.notThis());
        }
        json.put("example", PromptJson.cut(group.examples().getFirst().quote(), 300));
        return PromptJson.line(json);
    }

    private static String template(String name) {
        try (var in = DiscoveryPrompts.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
