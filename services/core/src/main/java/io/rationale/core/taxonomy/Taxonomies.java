package io.rationale.core.taxonomy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads taxonomies from YAML (of which JSON is a part), and writes them so that people can edit them. */
public final class Taxonomies {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Taxonomies() {}

    /** The shipped taxonomy of RAG failures. */
    public static Taxonomy ragFailures() {
        try (InputStream in = Taxonomies.class.getResourceAsStream("rag-failures.yaml")) {
            return YAML.readValue(in, Taxonomy.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a file.
     *
     * @throws InvalidTaxonomyException with a sentence for each fault, wrong YAML included
     * @throws IOException              when the file cannot be read
     */
    public static Taxonomy read(Path file) throws IOException {
        return parse(Files.readAllBytes(file));
    }

    /**
     * Reads what stands in a file.
     *
     * @throws InvalidTaxonomyException with a sentence for each fault, wrong YAML included
     */
    public static Taxonomy parse(byte[] yaml) {
        try {
            Taxonomy taxonomy = YAML.readValue(yaml, Taxonomy.class);
            if (taxonomy == null) {
                throw new InvalidTaxonomyException(List.of("Not a taxonomy: the file holds no value."));
            }
            return taxonomy;
        } catch (JsonMappingException e) {
            if (e.getCause() instanceof InvalidTaxonomyException invalid) {
                throw invalid;
            }
            throw new InvalidTaxonomyException(List.of("Not a taxonomy: " + messageOf(e)));
        } catch (JsonProcessingException e) {
            throw new InvalidTaxonomyException(List.of("Not YAML: " + messageOf(e)));
        } catch (IOException e) {
            throw new InvalidTaxonomyException(List.of("Not YAML: " + e.getMessage()));
        }
    }

    /** YAML that people can edit, and that reads back as the same taxonomy. */
    public static String write(Taxonomy taxonomy) {
        return write(taxonomy, List.of(), Map.of());
    }

    /**
     * Like {@link #write(Taxonomy)}, with comments.
     *
     * @param head       lines before everything
     * @param categories lines before categories, by their ids
     */
    public static String write(Taxonomy taxonomy, List<String> head, Map<String, List<String>> categories) {
        return new TaxonomyYaml(categories).write(taxonomy, head);
    }

    /** One line: the YAML reader draws the place of a fault over several. */
    private static String messageOf(JsonProcessingException e) {
        String line =
                e.getLocation() == null ? "." : " (line " + e.getLocation().getLineNr() + ").";
        return e.getOriginalMessage().strip().replaceAll("\\s+", " ") + line;
    }
}
