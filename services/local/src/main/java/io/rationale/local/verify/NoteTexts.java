package io.rationale.local.verify;

import io.rationale.core.note.Context;
import io.rationale.core.note.Note;
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
     * Whether the judged note is the sent one: the same, or the same with placeholders where personal data was taken out.
     * The same address may have been written in several ways, so that only what stands between placeholders is compared.
     */
    static boolean isSame(Note judged, Note sent) {
        return judged.equals(sent)
                || judged.id().equals(sent.id())
                        && Objects.equals(judged.observedAt(), sent.observedAt())
                        && isSame(judged.source(), sent.source())
                        && isSame(judged.text(), sent.text())
                        && isSame(judged.question(), sent.question())
                        && isSame(judged.answer(), sent.answer())
                        && isSame(judged.expected(), sent.expected())
                        && isSame(judged.contexts(), sent.contexts())
                        && isSame(judged.labels(), sent.labels())
                        && isSame(judged.traceId(), sent.traceId());
    }

    private static boolean isSame(List<Context> judged, List<Context> sent) {
        boolean same = judged.size() == sent.size();
        for (int i = 0; same && i < judged.size(); i++) {
            same = Objects.equals(judged.get(i).rank(), sent.get(i).rank())
                    && Objects.equals(judged.get(i).score(), sent.get(i).score())
                    && isSame(judged.get(i).id(), sent.get(i).id())
                    && isSame(judged.get(i).text(), sent.get(i).text());
        }
        return same;
    }

    private static boolean isSame(Map<String, String> judged, Map<String, String> sent) {
        return judged.keySet().equals(sent.keySet())
                && judged.entrySet().stream().allMatch(each -> isSame(each.getValue(), sent.get(each.getKey())));
    }

    /** What stands between placeholders is looked for from left to right, each at its first place after the one before. */
    private static boolean isSame(String judged, String sent) {
        if (Objects.equals(judged, sent)) {
            return true;
        }
        if (judged == null || sent == null) {
            return false;
        }
        String[] kept = PLACEHOLDER.split(judged, -1);
        if (kept.length == 1 || !sent.startsWith(kept[0])) {
            return false;
        }
        int at = kept[0].length();
        for (int i = 1; i < kept.length - 1; i++) {
            int next = sent.indexOf(kept[i], at + 1);
            if (next < 0) {
                return false;
            }
            at = next + kept[i].length();
        }
        String last = kept[kept.length - 1];
        return sent.length() - last.length() > at && sent.endsWith(last);
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
