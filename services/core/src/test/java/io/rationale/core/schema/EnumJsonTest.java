package io.rationale.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.rationale.core.json.Json;
import io.rationale.core.taxonomy.Taxonomies;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.verdict.Verdict.Confidence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EnumJsonTest {
    @ParameterizedTest
    @EnumSource
    void shouldReadAndWriteConfidenceInLowerCase(Confidence confidence) throws IOException {
        // when
        String json = Json.line(confidence);

        // then
        assertThat(json).isEqualTo("\"" + confidence.name().toLowerCase(Locale.ROOT) + "\"");
        assertThat(Json.mapper().readValue(json, Confidence.class)).isEqualTo(confidence);
        assertThat(new YAMLMapper().readValue(json, Confidence.class)).isEqualTo(confidence);
    }

    @ParameterizedTest
    @EnumSource
    void shouldReadStatusInLowerCaseFromYamlAndJson(Taxonomy.Status status, @TempDir Path folder) throws IOException {
        // given
        String code = status.name().toLowerCase(Locale.ROOT);
        Path file = Files.writeString(folder.resolve("taxonomy.yaml"), """
                id: tiny
                version: 2
                status: %s
                categories:
                  - {id: no-error, definition: Nothing failed.}
                  - {id: other, definition: Anything else.}
                """.formatted(code));

        // when
        Taxonomy taxonomy = Taxonomies.read(file);

        // then
        assertThat(taxonomy.status()).isEqualTo(status);
        assertThat(Json.tree(Json.bytes(taxonomy)).path("status").textValue()).isEqualTo(code);
        assertThat(Json.read(Json.bytes(taxonomy), Taxonomy.class)).isEqualTo(taxonomy);
    }
}
