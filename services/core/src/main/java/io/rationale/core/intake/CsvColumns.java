package io.rationale.core.intake;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** What a CSV file's columns mean, from its header. Immutable once made. */
final class CsvColumns {
    /** The fields of a note that a column can hold, each with the names it goes by, the best first. */
    enum Role {
        TEXT("text", "text", "note", "notes", "comment", "feedback", "message", "description", "body"),
        ID("id", "id", "noteid"),
        SOURCE("source", "source"),
        OBSERVED_AT("observedAt", "observedat", "timestamp", "createdat", "date"),
        QUESTION("question", "question"),
        ANSWER("answer", "answer"),
        EXPECTED("expected", "expected"),
        CONTEXTS("contexts", "contexts"),
        TRACE_ID("traceId", "traceid");

        private final String field;
        private final List<String> names;

        Role(String field, String... names) {
            this.field = field;
            this.names = List.of(names);
        }

        /** The note's field of that meaning. */
        String field() {
            return field;
        }

        /** How good a name for it that is: the lower the better; nothing for another name. */
        OptionalInt rank(String name) {
            int index = names.indexOf(normal(name));
            return index < 0 ? OptionalInt.empty() : OptionalInt.of(index);
        }
    }

    private final String fileName;
    private final List<String> header;
    private final Map<Role, Integer> roles = new EnumMap<>(Role.class);

    private CsvColumns(String fileName, List<String> header) {
        this.fileName = fileName;
        this.header = header;
    }

    /**
     * Reads a header.
     *
     * @throws UnreadableInputException when no column holds the text, when a column that was asked for is not there,
     *     or when a column that matters stands there twice
     */
    static CsvColumns of(List<String> header, IntakeOptions options, String fileName) throws UnreadableInputException {
        List<String> stripped = header.stream().map(String::strip).toList();
        CsvColumns columns = new CsvColumns(fileName, stripped);
        columns.assignText(options.textColumn());
        columns.assignId(options);
        for (Role role : Role.values()) {
            if (role != Role.TEXT && role != Role.ID) {
                columns.assign(role, columns.find(role));
            }
        }
        columns.refuseAmbiguity();
        return new CsvColumns(columns).withLabelNames();
    }

    private CsvColumns(CsvColumns other) {
        this(other.fileName, new ArrayList<>(other.header));
        roles.putAll(other.roles);
    }

    static boolean isTextName(String column) {
        return Role.TEXT.names.contains(normal(column));
    }

    /** How many columns the header names. */
    int size() {
        return header.size();
    }

    /** The name of a column; of a role's column as the header has it. */
    String name(int column) {
        return header.get(column);
    }

    /** The column of that role, or -1. */
    int column(Role role) {
        return roles.getOrDefault(role, -1);
    }

    /** Whether a column has a role; every other becomes a label. */
    boolean isLabel(int column) {
        return !roles.containsValue(column);
    }

    private void assignText(String asked) throws UnreadableInputException {
        int found = asked != null ? indexOf(asked) : find(Role.TEXT);
        if (found < 0 && asked == null && header.size() == 1) {
            found = 0;
        }
        if (found < 0) {
            throw noColumn(asked == null ? "text" : asked, "note", "--text-column");
        }
        assign(Role.TEXT, found);
    }

    private void assignId(IntakeOptions options) throws UnreadableInputException {
        boolean asked = options.idColumn() != null && !options.ignoresIds();
        int found = asked ? indexOf(options.idColumn()) : find(Role.ID);
        if (asked && found < 0) {
            throw noColumn(options.idColumn(), "id", "--id-column");
        }
        assign(Role.ID, found);
    }

    private UnreadableInputException noColumn(String name, String meaning, String option) {
        return new UnreadableInputException(fileName + ": no column '" + name + "'; the columns are: "
                + String.join(", ", header) + ". Name the one that holds the " + meaning + " with " + option + ".");
    }

    private void assign(Role role, int column) {
        if (column >= 0 && !roles.containsValue(column)) {
            roles.put(role, column);
        }
    }

    private int find(Role role) {
        List<String> normal = header.stream().map(CsvColumns::normal).toList();
        return role.names.stream()
                .mapToInt(normal::indexOf)
                .filter(at -> at >= 0)
                .findFirst()
                .orElse(-1);
    }

    private int indexOf(String name) {
        for (int i = 0; i < header.size(); i++) {
            if (header.get(i).equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }

    private void refuseAmbiguity() throws UnreadableInputException {
        for (int column : roles.values()) {
            String name = header.get(column);
            if (header.stream().filter(name::equalsIgnoreCase).count() > 1) {
                throw new UnreadableInputException(
                        fileName + ": the column '" + name + "' stands in the header twice. Rename one of them.");
            }
        }
    }

    private CsvColumns withLabelNames() {
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < header.size(); i++) {
            String wanted = header.get(i).isEmpty() ? "column_" + (i + 1) : header.get(i);
            String name = wanted;
            for (int n = 2; !taken.add(name); n++) {
                name = wanted + "_" + n;
            }
            header.set(i, name);
        }
        return this;
    }

    /** camelCase, snake_case and words are one name. */
    static String normal(String name) {
        StringBuilder letters = new StringBuilder();
        Arrays.stream(name.strip().toLowerCase(Locale.ROOT).split("[_\\s-]+")).forEach(letters::append);
        return letters.toString();
    }
}
