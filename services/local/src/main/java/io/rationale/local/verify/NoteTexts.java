package io.rationale.local.verify;

import io.rationale.core.note.Context;
import io.rationale.core.note.Note;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compares notes, and looks quotes up in them. */
final class NoteTexts {
    /** What stands in place of personal data that was taken out before anything was stored. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\[[A-Z][A-Z0-9_-]{0,40}-\\d{1,6}\\]");

    private NoteTexts() {}

    /**
     * Whether the judged note is the sent one: the same, or the same with placeholders where personal data was taken out,
     * each of which stands for the same words wherever it stands.
     */
    static boolean isSame(Note judged, Note sent) {
        if (judged.equals(sent)) {
            return true;
        }
        Map<String, String> replaced = new HashMap<>();
        return judged.id().equals(sent.id())
                && Objects.equals(judged.observedAt(), sent.observedAt())
                && isSame(judged.source(), sent.source(), replaced)
                && isSame(judged.text(), sent.text(), replaced)
                && isSame(judged.question(), sent.question(), replaced)
                && isSame(judged.answer(), sent.answer(), replaced)
                && isSame(judged.expected(), sent.expected(), replaced)
                && isSame(judged.contexts(), sent.contexts(), replaced)
                && isSame(judged.labels(), sent.labels(), replaced)
                && isSame(judged.traceId(), sent.traceId(), replaced);
    }

    private static boolean isSame(List<Context> judged, List<Context> sent, Map<String, String> replaced) {
        boolean same = judged.size() == sent.size();
        for (int i = 0; same && i < judged.size(); i++) {
            same = Objects.equals(judged.get(i).rank(), sent.get(i).rank())
                    && Objects.equals(judged.get(i).score(), sent.get(i).score())
                    && isSame(judged.get(i).id(), sent.get(i).id(), replaced)
                    && isSame(judged.get(i).text(), sent.get(i).text(), replaced);
        }
        return same;
    }

    private static boolean isSame(Map<String, String> judged, Map<String, String> sent, Map<String, String> replaced) {
        return judged.keySet().equals(sent.keySet())
                && judged.entrySet().stream()
                        .allMatch(each -> isSame(each.getValue(), sent.get(each.getKey()), replaced));
    }

    /** Goes through the texts side by side; after a placeholder at the next place where what follows it stands. */
    private static boolean isSame(String judged, String sent, Map<String, String> replaced) {
        if (Objects.equals(judged, sent)) {
            return true;
        }
        if (judged == null || sent == null) {
            return false;
        }
        Matcher placeholder = PLACEHOLDER.matcher(judged);
        int at = 0;
        int from = 0;
        while (placeholder.find()) {
            String before = judged.substring(from, placeholder.start());
            if (!sent.startsWith(before, at)) {
                return false;
            }
            at += before.length();
            from = placeholder.end();
            String known = replaced.get(placeholder.group());
            int end = known == null ? endOfReplaced(judged, placeholder.end(), sent, at) : at + known.length();
            if (end < at || end > sent.length()) {
                return false;
            }
            String words = sent.substring(at, end);
            if (known != null && !known.equals(words)) {
                return false;
            }
            replaced.put(placeholder.group(), words);
            at = end;
        }
        return sent.substring(at).equals(judged.substring(from));
    }

    private static int endOfReplaced(String judged, int from, String sent, int at) {
        Matcher next = PLACEHOLDER.matcher(judged);
        boolean hasNext = next.find(from);
        String after = judged.substring(from, hasNext ? next.start() : judged.length());
        if (!hasNext) {
            return sent.length() - after.length();
        }
        return after.isEmpty() ? at : sent.indexOf(after, at);
    }

    /** The field that evidence names, or null. */
    static String field(Note note, String name) {
        return switch (name) {
            case "text" -> note.text();
            case "question" -> note.question();
            case "answer" -> note.answer();
            case "expected" -> note.expected();
            default -> context(note, name);
        };
    }

    private static String context(Note note, String name) {
        Matcher matcher = Pattern.compile("contexts\\[(\\d{1,6})\\]").matcher(name);
        int index = matcher.matches() ? Integer.parseInt(matcher.group(1)) : Integer.MAX_VALUE;
        return index < note.contexts().size() ? note.contexts().get(index).text() : null;
    }

    /** Whether the quote stands in that text from the one code point to the other. */
    static boolean stands(String quote, String text, int start, int end) {
        if (text == null || start < 0 || end < start || end > text.codePointCount(0, text.length())) {
            return false;
        }
        int from = text.offsetByCodePoints(0, start);
        return text.startsWith(quote, from) && text.offsetByCodePoints(from, end - start) == from + quote.length();
    }
}
