package io.rationale.topics.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFilesTest {
    @TempDir
    Path folder;

    @Test
    void shouldReadSecretsFromTheFilesThatVariablesName() throws IOException {
        // given
        Path key = file("key", "k-1 \n");
        Path login = file("login", "Login required password=\"p\";\r\n");

        // when
        SmallRyeConfig config = config(
                Map.of("RATIONALE_R1_API_KEY_FILE", key.toString(), "KAFKA_SASL_JAAS_CONFIG_FILE", login.toString()));

        // then
        assertThat(config.getValue("rationale.r1.api-key", String.class)).isEqualTo("k-1");
        assertThat(config.getValue("kafka.sasl.jaas.config", String.class)).isEqualTo("Login required password=\"p\";");
    }

    @Test
    void shouldLetTheVariableItselfStandAboveTheFile() throws IOException {
        // when
        SmallRyeConfig config = config(Map.of(
                "RATIONALE_R1_API_KEY_FILE", file("key", "of the file").toString(), "RATIONALE_R1_API_KEY", "its own"));

        // then
        assertThat(config.getValue("rationale.r1.api-key", String.class)).isEqualTo("its own");
    }

    @Test
    void shouldLeaveOtherVariablesThatNameFilesAlone() {
        // when
        SmallRyeConfig config =
                config(Map.of("RATIONALE_R1_ENDPOINTS_FILE", "/nowhere", "OTHER_PASSWORD_FILE", "/nowhere"));

        // then
        assertThat(config.getOptionalValue("rationale.r1.endpoints", String.class))
                .isEqualTo(Optional.empty());
    }

    @Test
    void shouldSayWhichFileCannotBeRead() {
        assertThatThrownBy(() -> config(Map.of("RATIONALE_R1_API_KEY_FILE", "/nowhere/key")))
                .hasMessageContaining("RATIONALE_R1_API_KEY_FILE names the file /nowhere/key, which cannot be read");
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static SmallRyeConfig config(Map<String, String> environment) {
        return new SmallRyeConfigBuilder()
                .withSources(new EnvConfigSource(environment, 300))
                .withSources(new SecretFiles(environment))
                .build();
    }
}
