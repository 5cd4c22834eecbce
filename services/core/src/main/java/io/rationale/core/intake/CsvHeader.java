package io.rationale.core.intake;

/**
 * What a CSV file's first line says about the rest.
 *
 * @param delimiter what stands between values
 * @param announced whether the first line is Excel's {@code sep=;} and the header follows it
 */
record CsvHeader(char delimiter, boolean announced) {
    /** @param head the file's beginning */
    static CsvHeader of(String head, InputFormat format) {
        String first = head.lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElse("")
                .strip();
        if (first.length() == 5 && first.startsWith("sep=") && first.charAt(4) != '"') {
            return new CsvHeader(first.charAt(4), true);
        }
        return new CsvHeader(format == InputFormat.TSV ? '\t' : delimiterOf(first), false);
    }

    /** Semicolon and tab only where there is no comma: Excel writes the one in Germany, people rename the other. */
    private static char delimiterOf(String header) {
        if (header.indexOf(',') >= 0) {
            return ',';
        }
        if (header.indexOf(';') >= 0) {
            return ';';
        }
        return header.indexOf('\t') >= 0 ? '\t' : ',';
    }
}
