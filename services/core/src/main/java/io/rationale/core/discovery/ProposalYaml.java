package io.rationale.core.discovery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.rationale.core.taxonomy.Category;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The proposal as YAML that a person can edit; comments say how stable and how frequent each category is and where its
 * examples stand. Reads back as the same taxonomy.
 */
public final class ProposalYaml {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .build();

    private ProposalYaml() {}

    /** The result's taxonomy. */
    public static String of(DiscoveryResult result) {
        StringBuilder yaml = new StringBuilder();
        comment(yaml, "Proposed by R1 from " + ReportWords.basis(result));
        comment(yaml, ReportWords.agreement(result));
        comment(
                yaml,
                "Edit names, definitions and examples, delete or add categories; \"no-error\" and \"other\" stay.");
        comment(
                yaml,
                "An id stands for its category in every event: change it before the taxonomy is used, not after.");
        Map<String, Object> head = new LinkedHashMap<>();
        head.put("id", result.taxonomy().id());
        head.put("version", result.taxonomy().version());
        head.put("title", result.taxonomy().title());
        head.put("status", result.taxonomy().status());
        yaml.append(text(head)).append("categories:\n");
        for (Category category : result.taxonomy().categories()) {
            Finding finding = result.finding(category.id());
            yaml.append('\n');
            comment(yaml, ReportWords.share(finding));
            if (finding.stability() != null) {
                comment(yaml, ReportWords.stability(finding, result.runs()));
                finding.examples()
                        .forEach(example ->
                                comment(yaml, "From note " + example.noteId() + " (" + example.field() + ")."));
            }
            yaml.append(text(List.of(fields(category))));
        }
        return yaml.append("\ncrosswalk: {}\n").toString();
    }

    private static Map<String, Object> fields(Category category) {
        Map<String, Object> fields = new LinkedHashMap<>();
        put(fields, "id", category.id());
        put(fields, "parent", category.parent());
        put(fields, "name", category.name());
        put(fields, "definition", category.definition());
        put(fields, "notThis", category.notThis());
        if (!category.examples().isEmpty()) {
            fields.put("examples", category.examples());
        }
        put(fields, "remedy", category.remedy());
        put(fields, "colour", category.colour());
        return fields;
    }

    private static void put(Map<String, Object> fields, String name, String value) {
        if (value != null) {
            fields.put(name, value);
        }
    }

    /** A line end in a note's id must not end the comment. */
    private static void comment(StringBuilder yaml, String text) {
        yaml.append("# ").append(PlainWords.of(text, 400)).append('\n');
    }

    private static String text(Object value) {
        try {
            return YAML.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
