package io.rationale.testcontainers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Held against the examples of the audit's schema. */
class VerdictTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path EXAMPLES = Path.of("..", "..", "schemas", "examples");

    @Test
    void shouldTellWhatWasDecidedAndWhy() throws Exception {
        // given
        JsonNode event = example("audit-event.v1.classified-full.json");

        // when
        Verdict verdict = Verdict.of(event);

        // then
        JsonNode expected = event.path("verdict");
        assertThat(verdict.noteId()).isEqualTo(event.path("note").path("id").asText());
        assertThat(verdict.category()).contains(expected.path("category").asText());
        assertThat(verdict.agreement()).isEqualTo(expected.path("agreement").asDouble());
        assertThat(verdict.quotes())
                .isNotEmpty()
                .allSatisfy(quote -> assertThat(event.path("note").toString()).contains(quote));
        assertThat(verdict.reasoning())
                .isEqualTo(expected.path("reasoning").path("text").asText());
        assertThat(verdict.model()).isNotEmpty();
        assertThat(verdict.event()).isEqualTo(event);
    }

    @Test
    void shouldHaveNoCategoryForWhatCouldNotBeDecided() throws Exception {
        // when
        Verdict verdict = Verdict.of(example("audit-event.v1.unclassifiable-minimal.json"));

        // then
        assertThat(verdict.category()).isEmpty();
        assertThat(verdict.noteId()).isNotEmpty();
    }

    private static JsonNode example(String name) throws Exception {
        return JSON.readTree(EXAMPLES.resolve(name).toFile());
    }
}
