package io.rationale.core.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rationale.core.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaxonomiesTest {
    private static final String VALID = """
            id: mine
            version: 2
            status: proposed
            categories:
              - {id: no-error, definition: nothing}
              - {id: other, definition: anything}
            """;

    @TempDir
    Path directory;

    @Test
    void shouldReadYaml() throws IOException {
        // when
        Taxonomy taxonomy = read(VALID);

        // then
        assertThat(taxonomy.ref()).isEqualTo(new TaxonomyRef("mine", 2));
        assertThat(taxonomy.status()).isEqualTo(Taxonomy.Status.PROPOSED);
        assertThat(taxonomy.labels()).containsOnlyKeys("no-error", "other");
    }

    @Test
    void shouldReadItsOwnJson() throws IOException {
        assertThat(read(Json.line(Taxonomies.ragFailures()))).isEqualTo(Taxonomies.ragFailures());
    }

    @Test
    void shouldNameTheLineOfWrongYaml() {
        assertThat(faultOf("id: mine\nversion: \"1\n"))
                .startsWith("Not YAML: ")
                .contains("line 2, column 10")
                .hasLineCount(1);
    }

    @Test
    void shouldNameTheLineOfAWrongField() {
        assertThat(faultOf(VALID.replace("version: 2", "version: two")))
                .startsWith("Not a taxonomy: ")
                .endsWith("(line 2).");
        assertThat(faultOf(VALID.replace("status: proposed", "status: great"))).endsWith("(line 3).");
    }

    @Test
    void shouldSayWhatIsWrongWithTheCategories() {
        assertThat(faultOf(VALID.replace("id: other", "id: Other")))
                .contains("'Other' is not made of")
                .contains("'other' is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing\n", "null\n", "~", "--- \n", "text", "[]"})
    void shouldRefuseAFileWithoutATaxonomy(String yaml) {
        assertThat(faultOf(yaml)).isNotBlank();
    }

    @Test
    void shouldSayWhenThereIsNoFile() {
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> Taxonomies.read(directory.resolve("none")));
    }

    private String faultOf(String yaml) {
        return catchThrowableOfType(InvalidTaxonomyException.class, () -> read(yaml))
                .getMessage();
    }

    private Taxonomy read(String yaml) throws IOException {
        return Taxonomies.read(Files.writeString(directory.resolve("taxonomy.yaml"), yaml));
    }
}
