package io.rationale.console.report;

import io.rationale.core.statistics.CategoryTable;
import io.rationale.core.statistics.CategoryTable.Example;
import io.rationale.core.statistics.CategoryTable.Row;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/** The table as HTML, alone or at the head of the report. Needs neither script nor network. */
final class HtmlTable {
    private static final Pattern COLOUR = Pattern.compile("#[0-9a-fA-F]{6}");
    private static final String STYLE = style();

    private HtmlTable() {}

    /** A whole page. */
    static String page(CategoryTable table) {
        return head(table) + body(table) + foot();
    }

    /** Everything before the body's content. */
    static String head(CategoryTable table) {
        String title = Html.escape(Phrases.title(table));
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="referrer" content="no-referrer">
                <meta name="color-scheme" content="light dark">
                <title>%s</title>
                <style>
                %s</style>
                </head>
                <body>
                <main>
                """.formatted(title, STYLE);
    }

    /** Everything after it. */
    static String foot() {
        return "</main>\n</body>\n</html>\n";
    }

    /** Banner, heading, table and totals. */
    static String body(CategoryTable table) {
        StringBuilder out = new StringBuilder();
        out.append("<h1>").append(Html.escape(Phrases.title(table))).append("</h1>\n");
        if (table.simulated()) {
            out.append("<p class=\"banner\">").append(Phrases.SIMULATED).append("</p>\n");
        }
        out.append("<p class=\"quiet\">")
                .append(Html.escape(Phrases.scope(table)))
                .append("</p>\n<div class=\"scroll\"><table>\n<thead><tr><th scope=\"col\">Category</th>")
                .append("<th scope=\"col\" class=\"number\">Notes</th>")
                .append("<th scope=\"col\">Share (95 % interval)</th></tr></thead>\n<tbody>\n");
        table.rows().forEach(row -> out.append(row(row)));
        out.append("</tbody>\n</table></div>\n<ul class=\"totals\">\n");
        Phrases.totals(table)
                .forEach(sentence ->
                        out.append("<li>").append(Html.escape(sentence)).append("</li>\n"));
        return out.append("</ul>\n").toString();
    }

    private static String row(Row row) {
        StringBuilder out = new StringBuilder();
        out.append("<tr><td><a href=\"#c-")
                .append(Html.escape(row.category()))
                .append("\"><span class=\"dot\" style=\"background:")
                .append(colour(row.colour()))
                .append("\"></span>")
                .append(Html.escape(row.name()))
                .append("</a>");
        for (Example example : row.examples()) {
            out.append("<q dir=\"auto\">").append(Html.escape(example.quote())).append("</q>");
        }
        return out.append("</td><td class=\"number\">")
                .append(Phrases.number(row.count()))
                .append("</td><td>")
                .append(bar(row))
                .append("</td></tr>\n")
                .toString();
    }

    private static String bar(Row row) {
        return String.format(
                Locale.ROOT,
                "<span class=\"share\">%s</span><span class=\"bar\"><i style=\"width:%.2f%%;background:%s\"></i>"
                        + "<b style=\"left:%.2f%%;width:%.2f%%\"></b></span>",
                Phrases.share(row),
                100 * row.share(),
                colour(row.colour()),
                100 * row.interval().low(),
                100 * (row.interval().high() - row.interval().low()));
    }

    /** Only a colour, whatever the taxonomy says. */
    static String colour(String configured) {
        return configured != null && COLOUR.matcher(configured).matches() ? configured : "#8a8f98";
    }

    private static String style() {
        try (InputStream in = HtmlTable.class.getResourceAsStream("report.css")) {
            return new String(Objects.requireNonNull(in, "report.css").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
