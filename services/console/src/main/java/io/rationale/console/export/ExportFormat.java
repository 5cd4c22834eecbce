package io.rationale.console.export;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an export can be. */
public enum ExportFormat {
    /** A JSON object a line. */
    NDJSON("application/x-ndjson", NdjsonRows::new),
    /** RFC 4180 with a heading, safe for spreadsheets. */
    CSV("text/csv; charset=utf-8", CsvRows::new),
    /** Apache Parquet, compressed by Snappy. */
    PARQUET("application/vnd.apache.parquet", ParquetRows::new);

    private final String mediaType;
    private final Opening opening;

    ExportFormat(String mediaType, Opening opening) {
        this.mediaType = mediaType;
        this.opening = opening;
    }

    /** Begins a file. */
    @FunctionalInterface
    private interface Opening {
        Rows on(OutputStream out) throws IOException;
    }

    /** The name in the API, which is also the file's ending. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** For the header {@code Content-Type}. */
    public String mediaType() {
        return mediaType;
    }

    /** The format of that name. */
    public static Optional<ExportFormat> of(String code) {
        return Arrays.stream(values())
                .filter(format -> format.code().equals(code))
                .findFirst();
    }

    /** Begins a file; closing the rows ends it, and leaves the stream open. */
    Rows open(OutputStream out) throws IOException {
        return opening.on(out);
    }
}
