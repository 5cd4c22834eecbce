package io.rationale.core.discovery;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A {@link ReportPage} as CommonMark. */
final class MarkdownPage implements ReportPage {
    /** What means something anywhere, what does at a beginning only, and what would make a link of a bare address. */
    private static final Pattern SPECIAL = Pattern.compile(
            "[\\\\`*_{}\\[\\]<>#|~&$!@:]|^[-+=]|(?<=^\\d{1,9})[.)]|(?<=\\bwww)\\.", Pattern.CASE_INSENSITIVE);

    private static final Pattern FENCES = Pattern.compile("`{3,}");

    private final StringBuilder page = new StringBuilder();

    @Override
    public void title(String text) {
        page.append("# ").append(escaped(text)).append("\n\n");
    }

    @Override
    public void heading(String text) {
        page.append("## ").append(escaped(text)).append("\n\n");
    }

    @Override
    public void subheading(String text) {
        page.append("### ").append(escaped(text)).append("\n\n");
    }

    @Override
    public void paragraph(String text) {
        page.append(escaped(text)).append("\n\n");
    }

    @Override
    public void item(String text) {
        page.append("- ").append(escaped(text)).append("\n\n");
    }

    @Override
    public void quote(String text, String from) {
        page.append("> ")
                .append(escaped(text))
                .append(" — ")
                .append(escaped(from))
                .append("\n\n");
    }

    /** The fence is longer than any in the text. */
    @Override
    public void verbatim(String name, String text) {
        int longest = 2;
        Matcher fences = FENCES.matcher(text);
        while (fences.find()) {
            longest = Math.max(longest, fences.end() - fences.start());
        }
        String fence = "`".repeat(longest + 1);
        page.append(escaped(name)).append(":\n\n");
        page.append(fence)
                .append("text\n")
                .append(text)
                .append('\n')
                .append(fence)
                .append("\n\n");
    }

    @Override
    public String end() {
        return page.toString();
    }

    private static String escaped(String text) {
        return SPECIAL.matcher(PlainWords.of(text, Integer.MAX_VALUE)).replaceAll("\\\\$0");
    }
}
