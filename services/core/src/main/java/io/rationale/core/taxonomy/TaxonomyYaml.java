package io.rationale.core.taxonomy;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Writes a taxonomy as people write YAML: long texts folded over several lines, quotes quoted, what is absent left out.
 * What it writes reads back as the same taxonomy, whatever stands in its texts.
 */
final class TaxonomyYaml {
    private static final int WIDTH = 100;
    private static final int LONG = 80;
    /** Needs no quotes anywhere in a block: no indicator at its start, no colon, no comment sign. */
    private static final Pattern PLAIN = Pattern.compile("\\p{L}[\\p{L}\\p{N} _./(),;'-]*(?<! )");

    private static final Set<String> RESERVED =
            Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null", "inf", "nan");

    private final StringBuilder out = new StringBuilder();
    private final Map<String, List<String>> comments;

    TaxonomyYaml(Map<String, List<String>> comments) {
        this.comments = comments;
    }

    /** @param head comment lines before everything */
    String write(Taxonomy taxonomy, List<String> head) {
        comment("", head);
        field("", "id", taxonomy.id());
        out.append("version: ").append(taxonomy.version()).append('\n');
        field("", "title", taxonomy.title());
        field("", "status", taxonomy.status().code());
        lifeOf(taxonomy);
        out.append("categories:\n");
        taxonomy.categories().forEach(this::category);
        crosswalk(taxonomy.crosswalk());
        return out.toString();
    }

    private void lifeOf(Taxonomy taxonomy) {
        TaxonomyRef base = taxonomy.basedOn();
        if (base != null) {
            out.append("basedOn: {id: ")
                    .append(quoted(base.id()))
                    .append(", version: ")
                    .append(base.version())
                    .append("}\n");
        }
        Taxonomy.Activation activation = taxonomy.activation();
        if (activation != null) {
            out.append("activation: {by: ")
                    .append(quoted(activation.by()))
                    .append(", at: ")
                    .append(quoted(activation.at().toString()))
                    .append("}\n");
        }
        field("", "discovery", taxonomy.discovery());
    }

    private void category(Category category) {
        out.append('\n');
        comment("  ", comments.getOrDefault(category.id(), List.of()));
        out.append("  - id: ").append(scalar(category.id())).append('\n');
        String indent = "    ";
        field(indent, "parent", category.parent());
        field(indent, "name", category.name().equals(category.id()) ? null : category.name());
        field(indent, "definition", category.definition());
        field(indent, "notThis", category.notThis());
        if (!category.examples().isEmpty()) {
            out.append(indent).append("examples:\n");
            category.examples().forEach(example -> out.append(indent)
                    .append("  - ")
                    .append(quoted(example))
                    .append('\n'));
        }
        field(indent, "remedy", category.remedy());
        field(indent, "colour", category.colour());
    }

    private void crosswalk(Map<String, String> crosswalk) {
        if (!crosswalk.isEmpty()) {
            out.append("\n# Categories of the version before and what they are in this one.\ncrosswalk:\n");
            crosswalk.forEach((before, now) -> out.append("  ")
                    .append(scalar(before))
                    .append(": ")
                    .append(scalar(now))
                    .append('\n'));
        }
    }

    private void comment(String indent, List<String> lines) {
        lines.stream()
                .flatMap(line -> line.lines().toList().stream())
                .map(TaxonomyYaml::printable)
                .forEach(line ->
                        out.append((indent + "# " + line).stripTrailing()).append('\n'));
    }

    private void field(String indent, String name, String value) {
        if (value == null) {
            return;
        }
        out.append(indent).append(name).append(": ");
        if (isFoldable(value)) {
            out.append(">-\n");
            fold(indent + "  ", value);
        } else {
            out.append(scalar(value)).append('\n');
        }
    }

    private void fold(String indent, String text) {
        int column = 0;
        for (String word : text.split(" ")) {
            if (column > 0 && column + 1 + word.length() > WIDTH - indent.length()) {
                out.append('\n');
                column = 0;
            }
            out.append(column == 0 ? indent : " ").append(word);
            column += word.length() + (column == 0 ? 0 : 1);
        }
        out.append('\n');
    }

    /** Folding joins lines with one space each: only a text with nothing but single spaces comes back as it was. */
    private static boolean isFoldable(String text) {
        return text.length() > LONG
                && !text.contains("  ")
                && text.strip().length() == text.length()
                && text.codePoints().allMatch(TaxonomyYaml::isPrintable);
    }

    private static String scalar(String text) {
        boolean isPlain = PLAIN.matcher(text).matches()
                && text.length() <= WIDTH
                && !RESERVED.contains(text.toLowerCase(Locale.ROOT))
                && text.codePoints().allMatch(TaxonomyYaml::isPrintable);
        return isPlain ? text : quoted(text);
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (isPrintable(c)) {
                        quoted.appendCodePoint(c);
                    } else {
                        quoted.append(String.format("\\u%04x", c));
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }

    private static String printable(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints().forEach(c -> printable.appendCodePoint(isPrintable(c) ? c : ' '));
        return printable.toString();
    }

    /** What may stand in YAML as it is, and is no line break in any of its versions. */
    private static boolean isPrintable(int c) {
        boolean isLatin = c >= 0x20 && c <= 0x7E || c >= 0xA0 && c <= 0xD7FF;
        boolean isBeyond = c >= 0xE000 && c <= 0xFFFD || c >= 0x10000;
        return (isLatin || isBeyond) && c != 0x2028 && c != 0x2029 && c != 0xFEFF;
    }
}
