package io.rationale.core.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/** Finds a file's format out: from its extension, else from its first line. */
final class FormatSniffer {
    private static final Pattern CELL_ENDS = Pattern.compile("[\t,;]");

    private FormatSniffer() {}

    /**
     * @param head       the file's beginning
     * @param textColumn the name that the text column is known to have, or null
     */
    static InputFormat formatOf(String fileName, String head, String textColumn) {
        InputFormat named = byExtension(fileName);
        return named != InputFormat.AUTO ? named : byContent(head.strip(), textColumn);
    }

    private static InputFormat byExtension(String fileName) {
        int dot = fileName.lastIndexOf('.');
        return switch (fileName.substring(dot + 1).toLowerCase(Locale.ROOT)) {
            case "csv" -> dot < 0 ? InputFormat.AUTO : InputFormat.CSV;
            case "tsv", "tab" -> dot < 0 ? InputFormat.AUTO : InputFormat.TSV;
            case "json" -> dot < 0 ? InputFormat.AUTO : InputFormat.JSON;
            case "jsonl", "ndjson" -> dot < 0 ? InputFormat.AUTO : InputFormat.JSONL;
            case "txt", "md" -> dot < 0 ? InputFormat.AUTO : InputFormat.TEXT;
            default -> InputFormat.AUTO;
        };
    }

    private static InputFormat byContent(String head, String textColumn) {
        String first = head.lines().findFirst().orElse("");
        if (first.startsWith("[")) {
            return InputFormat.JSON;
        }
        if (first.startsWith("{")) {
            return isObject(first) ? InputFormat.JSONL : InputFormat.JSON;
        }
        if (!namesText(first, textColumn)) {
            return InputFormat.TEXT;
        }
        if (first.indexOf('\t') >= 0) {
            return InputFormat.TSV;
        }
        return first.indexOf(',') >= 0 || first.indexOf(';') >= 0 ? InputFormat.CSV : InputFormat.TEXT;
    }

    private static boolean isObject(String line) {
        try {
            return OneValue.READER.readTree(line).isObject();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static boolean namesText(String header, String textColumn) {
        return Arrays.stream(CELL_ENDS.split(header))
                .map(cell -> cell.replace('"', ' ').strip())
                .anyMatch(cell -> CsvColumns.isTextName(cell) || cell.equalsIgnoreCase(textColumn));
    }
}
