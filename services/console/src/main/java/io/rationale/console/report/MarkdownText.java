package io.rationale.console.report;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Untrusted text in GitHub Flavored Markdown, where it means nothing but its characters. */
public final class MarkdownText {
    /** What could begin emphasis, code, a link, a table cell, an escape, strikethrough, mathematics, a mention. */
    private static final Pattern ACTIVE = Pattern.compile("[\\\\`*_\\[\\]|~$@#]");
    /** GFM makes links of bare addresses; an escaped character keeps it from doing so. */
    private static final Pattern SCHEME = Pattern.compile(":(?=//)");

    private static final Pattern WWW = Pattern.compile("(?i)(www)\\.");
    /** At the start of a line these would begin a list, a heading's rule, a table's or a quotation. */
    private static final Pattern BULLET = Pattern.compile("^[-+=:]");

    private static final Pattern ORDINAL = Pattern.compile("^(\\d+)([.)])");

    private MarkdownText() {}

    /** One line, in a cell as well as in a paragraph. */
    public static String line(String untrusted) {
        String line = PlainText.line(untrusted)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
        line = ACTIVE.matcher(line).replaceAll("\\\\$0");
        line = SCHEME.matcher(line).replaceAll("\\\\:");
        line = WWW.matcher(line).replaceAll("$1\\\\.");
        line = BULLET.matcher(line).replaceFirst("\\\\$0");
        return ORDINAL.matcher(line).replaceFirst("$1\\\\$2");
    }

    /** A quotation that keeps its lines, but not the space before them. */
    public static String quotation(String untrusted) {
        List<String> lines = Arrays.stream(untrusted.strip().split("\\R", -1))
                .map(MarkdownText::line)
                .toList();
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            boolean isFollowed = i + 1 < lines.size()
                    && !lines.get(i).isEmpty()
                    && !lines.get(i + 1).isEmpty();
            // Without a break the next line would go on in this one.
            out.append("> ").append(lines.get(i)).append(isFollowed ? "\\\n" : "\n");
        }
        return out.toString().replace("> \n", ">\n");
    }
}
