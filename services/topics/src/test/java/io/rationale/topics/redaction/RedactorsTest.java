package io.rationale.topics.redaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rationale.core.redaction.Redactor;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedactorsTest {
    private static final String SOME = "jane@example.com, +49 30 1234567, PAT-12, Ann Lee";

    @TempDir
    Path folder;

    /** As the services have it. */
    @ConfigMapping(prefix = "rationale")
    interface Configured {
        RedactionConfig redaction();
    }

    @Test
    void shouldTakeEverythingKnownOutUnlessTold() {
        assertThat(redactor(Map.of()).text(SOME)).isEqualTo("[EMAIL-1], [PHONE-1], PAT-12, Ann Lee");
    }

    @Test
    void shouldTakeOutWhatIsConfigured() throws IOException {
        // given
        Path staff = Files.writeString(folder.resolve("staff.txt"), "ann lee\n");

        // when
        Redactor redactor = redactor(Map.of(
                "rationale.redaction.kinds", "phone",
                "rationale.redaction.expressions.patient", "PAT-\\d{1,6}",
                "rationale.redaction.words.staff", staff.toString()));

        // then
        assertThat(redactor.text(SOME)).isEqualTo("jane@example.com, [PHONE-1], [PATIENT-1], [STAFF-1]");
    }

    @Test
    void shouldReadTheEnvironment() {
        // given
        Map<String, String> environment =
                Map.of("RATIONALE_REDACTION_KINDS", "none", "RATIONALE_REDACTION_EXPRESSIONS_PATIENT", "PAT-\\d{1,6}");

        // when
        RedactionConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withMapping(Configured.class)
                .withSources(new EnvConfigSource(environment, 300))
                .build()
                .getConfigMapping(Configured.class)
                .redaction();

        // then
        assertThat(Redactors.of(config, (kind, count) -> {}).text(SOME))
                .isEqualTo("jane@example.com, +49 30 1234567, [PATIENT-1], Ann Lee");
    }

    @Test
    void shouldSayWhatIsWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> redactor(Map.of("rationale.redaction.kinds", "")))
                .withMessageStartingWith("rationale.redaction.kinds is empty");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> redactor(Map.of("rationale.redaction.kinds", "email,shoes")))
                .withMessageContaining("shoes");
    }

    private static Redactor redactor(Map<String, String> properties) {
        RedactionConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withMapping(Configured.class)
                .withSources(new PropertiesConfigSource(properties, "test", 500))
                .build()
                .getConfigMapping(Configured.class)
                .redaction();
        return Redactors.of(config, (kind, count) -> {});
    }
}
