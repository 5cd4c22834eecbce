package io.rationale.core.discovery;

/** A {@link ReportPage} as one HTML file: no script, nothing from elsewhere. */
final class HtmlPage implements ReportPage {
    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <style>
            body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 Georgia, serif; color: #222; }
            h1, h2, h3 { line-height: 1.2; }
            h2 { margin-top: 2.5rem; }
            blockquote { margin: .5rem 0; padding-left: 1rem; border-left: 3px solid #bbb; }
            pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #f6f4ef; padding: .75rem; font-size: .85rem; }
            summary { cursor: pointer; }
            @media (prefers-color-scheme: dark) { body { background: #1b1b1b; color: #ddd; } pre { background: #262626; } }
            </style>
            """;

    private final StringBuilder page = new StringBuilder(HEAD);

    @Override
    public void title(String text) {
        page.append("<title>").append(escaped(text)).append("</title>\n</head>\n<body>\n");
        element("h1", text);
    }

    @Override
    public void heading(String text) {
        element("h2", text);
    }

    @Override
    public void subheading(String text) {
        element("h3", text);
    }

    @Override
    public void paragraph(String text) {
        element("p", text);
    }

    @Override
    public void item(String text) {
        element("p", "• " + text);
    }

    @Override
    public void quote(String text, String from) {
        page.append("<blockquote dir=\"auto\">")
                .append(escaped(text))
                .append(" <small>")
                .append(escaped(from))
                .append("</small></blockquote>\n");
    }

    @Override
    public void verbatim(String name, String text) {
        page.append("<details><summary>")
                .append(escaped(name))
                .append("</summary><pre dir=\"auto\">")
                .append(escaped(text))
                .append("</pre></details>\n");
    }

    @Override
    public String end() {
        return page.append("</body>\n</html>\n").toString();
    }

    private void element(String tag, String text) {
        page.append('<')
                .append(tag)
                .append('>')
                .append(escaped(text))
                .append("</")
                .append(tag)
                .append(">\n");
    }

    /** Text and attribute values alike. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c == '\n' || c == '\t' || c >= ' ' ? c : ' ');
            }
        }
        return escaped.toString();
    }
}
