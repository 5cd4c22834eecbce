package io.rationale.console.report;

import io.rationale.core.verdict.Evidence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The one place where untrusted text becomes HTML. */
final class Html {
    private Html() {}

    /** The text for element content and quoted attributes. */
    static String escape(String untrusted) {
        StringBuilder safe = new StringBuilder(untrusted.length() + 16);
        untrusted.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                case '\n', '\t' -> safe.appendCodePoint(c);
                case '\r' -> {}
                default -> safe.appendCodePoint(isCharacter(c) ? c : 0xFFFD);
            }
        });
        return safe.toString();
    }

    /** Controls, lone surrogates and non-characters have no place in HTML. */
    private static boolean isCharacter(int c) {
        return !Character.isISOControl(c)
                && Character.getType(c) != Character.SURROGATE
                && (c & 0xFFFE) != 0xFFFE
                && !(c >= 0xFDD0 && c <= 0xFDEF);
    }

    /** The text of a note's field with its evidence in {@code <mark>}; evidence that does not fit is left out. */
    static String marked(String text, String field, List<Evidence> evidence) {
        StringBuilder html = new StringBuilder();
        int at = 0;
        for (Range range : ranges(text, field, evidence)) {
            html.append(escape(text.substring(at, range.start)))
                    .append("<mark>")
                    .append(escape(text.substring(range.start, range.end)))
                    .append("</mark>");
            at = range.end;
        }
        return html.append(escape(text.substring(at))).toString();
    }

    /** From offset to offset in Java's chars. */
    private record Range(int start, int end) {}

    /** In order, overlapping ones joined. */
    private static List<Range> ranges(String text, String field, List<Evidence> evidence) {
        int length = text.codePointCount(0, text.length());
        List<Range> found = evidence.stream()
                .filter(e -> e.field().equals(field) && e.start() < e.end() && e.end() <= length)
                .map(e -> new Range(text.offsetByCodePoints(0, e.start()), text.offsetByCodePoints(0, e.end())))
                .sorted(Comparator.comparingInt(Range::start))
                .toList();
        List<Range> joined = new ArrayList<>();
        for (Range range : found) {
            if (!joined.isEmpty() && range.start <= joined.getLast().end) {
                Range last = joined.removeLast();
                joined.add(new Range(last.start, Math.max(last.end, range.end)));
            } else {
                joined.add(range);
            }
        }
        return joined;
    }
}
