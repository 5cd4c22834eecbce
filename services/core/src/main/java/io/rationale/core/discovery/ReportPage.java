package io.rationale.core.discovery;

/** A page that is written from top to bottom; every text is text, whatever characters it holds. */
interface ReportPage {
    void title(String text);

    void heading(String text);

    void subheading(String text);

    void paragraph(String text);

    void item(String text);

    void quote(String text, String from);

    /** A longer text, line by line as it is. */
    void verbatim(String name, String text);

    /** Nothing follows. @return the whole page */
    String end();
}
