package io.rationale.console.report;

/** How a table can be written. */
public enum TableFormat {
    /** Aligned columns for a terminal. */
    TEXT,
    /** GitHub Flavored Markdown. */
    MARKDOWN,
    /** A page of its own. */
    HTML,
    /** RFC 4180 with a header line. */
    CSV,
    /** The table as the API gives it, indented. */
    JSON
}
