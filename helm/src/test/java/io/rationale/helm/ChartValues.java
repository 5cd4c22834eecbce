package io.rationale.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The values with the comments above them: a comment that begins with {@code # --} describes the key below it. */
final class ChartValues {
    private static final Pattern KEY = Pattern.compile("^( *)([A-Za-z0-9]+):(.*)$");
    private static final String DESCRIPTION = "# -- ";

    private final Map<String, String> descriptions = new LinkedHashMap<>();
    private final List<String> undescribed = new ArrayList<>();
    private final JsonNode values;

    private ChartValues(JsonNode values) {
        this.values = values;
    }

    static ChartValues read() {
        try {
            ChartValues read = new ChartValues(Chart.yaml(Chart.FOLDER.resolve("values.yaml")));
            read.parse(Files.readAllLines(Chart.FOLDER.resolve("values.yaml")));
            return read;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keys without a comment and without keys below them that have one. */
    List<String> undescribed() {
        return undescribed.stream()
                .filter(path -> descriptions.keySet().stream().noneMatch(each -> each.startsWith(path + ".")))
                .filter(path -> descriptions.keySet().stream().noneMatch(each -> path.startsWith(each + ".")))
                .toList();
    }

    /** As Markdown. */
    String table() {
        StringBuilder table = new StringBuilder("| key | default | meaning |\n|---|---|---|\n");
        descriptions.forEach((path, description) -> table.append("| `")
                .append(path)
                .append("` | ")
                .append(defaultOf(path))
                .append(" | ")
                .append(description.replace("|", "\\|"))
                .append(" |\n"));
        return table.toString();
    }

    private String defaultOf(String path) {
        JsonNode value = values.at("/" + path.replace('.', '/'));
        boolean isNothing = value.isNull()
                || value.isTextual() && value.asText().isEmpty()
                || value.isContainerNode() && value.isEmpty();
        if (isNothing) {
            return "";
        }
        try {
            return "`" + (value.isTextual() ? value.asText() : new JsonMapper().writeValueAsString(value)) + "`";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void parse(List<String> lines) {
        Deque<String> path = new ArrayDeque<>();
        Deque<Integer> indents = new ArrayDeque<>();
        StringBuilder comment = new StringBuilder();
        for (String line : lines) {
            String text = line.strip();
            Matcher key = KEY.matcher(line);
            if (text.startsWith(DESCRIPTION)) {
                comment.setLength(0);
                comment.append(text.substring(DESCRIPTION.length()));
            } else if (text.startsWith("#")) {
                comment.append(comment.isEmpty() ? "" : " " + text.substring(1).strip());
            } else if (key.matches()) {
                int indent = key.group(1).length();
                while (!indents.isEmpty() && indents.peek() >= indent) {
                    indents.pop();
                    path.removeLast();
                }
                indents.push(indent);
                path.addLast(key.group(2));
                describe(String.join(".", path), comment.toString());
                comment.setLength(0);
            } else {
                comment.setLength(0);
            }
        }
    }

    private void describe(String path, String description) {
        if (description.isEmpty()) {
            undescribed.add(path);
        } else {
            descriptions.put(path, description);
        }
    }
}
