package io.rationale.core.verdict;

import io.rationale.core.note.Note;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Looks up R1's quotes in the note. A quote counts when it stands there character for character, or differs only in
 * white space, case, or the form of quotation marks, dashes and dots; what is kept is always the note's own wording.
 */
public final class QuoteFinder {
    private final Map<String, String> fields;
    private final Map<String, Folded> folded = new LinkedHashMap<>();

    public QuoteFinder(Note note) {
        this.fields = fieldsOf(note);
    }

    /** The first place of the quote: the note's text before its other fields. */
    public Optional<Evidence> find(String quote) {
        if (quote == null || quote.isBlank()) {
            return Optional.empty();
        }
        for (Map.Entry<String, String> field : fields.entrySet()) {
            int at = field.getValue().indexOf(quote);
            if (at >= 0 && isWhole(field.getValue(), at) && isWhole(field.getValue(), at + quote.length())) {
                return Optional.of(evidence(field.getKey(), field.getValue(), at, at + quote.length()));
            }
        }
        return findFolded(Folded.of(quote).trimmed());
    }

    private Optional<Evidence> findFolded(String quote) {
        if (quote.isEmpty()) {
            return Optional.empty();
        }
        for (Map.Entry<String, String> field : fields.entrySet()) {
            Folded text = folded.computeIfAbsent(field.getKey(), key -> Folded.of(field.getValue()));
            int at = text.text().indexOf(quote);
            if (at >= 0) {
                int start = text.originalStart(at);
                int end = text.originalEnd(at + quote.length() - 1);
                return Optional.of(evidence(field.getKey(), field.getValue(), start, end));
            }
        }
        return Optional.empty();
    }

    /** Whether no surrogate pair is split there. */
    private static boolean isWhole(String text, int at) {
        return at == 0 || at == text.length() || !Character.isSurrogatePair(text.charAt(at - 1), text.charAt(at));
    }

    private static Evidence evidence(String field, String text, int start, int end) {
        return new Evidence(
                field, text.substring(start, end), text.codePointCount(0, start), text.codePointCount(0, end));
    }

    private static Map<String, String> fieldsOf(Note note) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("text", note.text());
        putGiven(fields, "question", note.question());
        putGiven(fields, "answer", note.answer());
        putGiven(fields, "expected", note.expected());
        for (int i = 0; i < note.contexts().size(); i++) {
            fields.put("contexts[" + i + "]", note.contexts().get(i).text());
        }
        return fields;
    }

    private static void putGiven(Map<String, String> fields, String name, String value) {
        if (value != null) {
            fields.put(name, value);
        }
    }
}
