package io.rationale.console.access;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused at the start, and by which sentence. */
class AccessWiringTest {
    private static final Map<String, String> JWT = Map.of(
            "rationale.auth.jwt.issuer", "https://issuer.example",
            "rationale.auth.jwt.audience", "rationale",
            "rationale.auth.jwt.jwks", "https://issuer.example/keys");

    @TempDir
    Path folder;

    private static void start(String host, Map<String, String> keys) {
        AccessConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(AccessConfig.class)
                .withSources(new PropertiesConfigSource(keys, "test", 100))
                .build()
                .getConfigMapping(AccessConfig.class);
        AccessWiring wiring = new AccessWiring(config, null);
        try {
            wiring.start(new StartupEvent(), config, host);
        } finally {
            wiring.stop(null);
        }
    }

    private static Map<String, String> jwtBut(String key, String value) {
        Map<String, String> keys = new HashMap<>(JWT);
        keys.put(key, value);
        return keys;
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "::1", "127.0.0.2"})
    void shouldAskNobodyOnLoopback(String host) {
        assertThatCode(() -> start(host, Map.of())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.7", "no-such-host.invalid"})
    void shouldNotBeReachedByOthersWithoutTokens(String host) {
        assertThatThrownBy(() -> start(host, Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll(
                        host,
                        "rationale.auth.tokens-file",
                        "rationale.auth.jwt.issuer",
                        "rationale.auth.anonymous=allowed");
    }

    @Test
    void shouldBeReachedByOthersWhereThatIsSaidOrTokensAreAskedFor() throws IOException {
        Path tokens = Files.createFile(folder.resolve("tokens"));

        assertThatCode(() -> start("0.0.0.0", Map.of("rationale.auth.anonymous", "allowed")))
                .doesNotThrowAnyException();
        assertThatCode(() -> start("0.0.0.0", Map.of("rationale.auth.tokens-file", tokens.toString())))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rationale.auth.anonymous         | yes                     | is 'allowed' or is left out",
                "rationale.auth.jwt.jwks          | http://issuer.example/k | over http anybody between",
                "rationale.auth.jwt.jwks          | ftp://issuer.example/k  | an https address",
                "rationale.auth.jwt.jwks          | /no/such/file           | cannot be read",
                "rationale.auth.jwt.issuer        | ''                      | three keys together",
                "rationale.auth.jwt.refresh       | 0s                      | is 1s or more",
                "rationale.auth.jwt.roles.boss    | admins                  | names no role",
                "rationale.auth.tokens-file       | /no/such/file           | rationale token create makes one"
            })
    void shouldRefuseWhatCannotBeMeant(String key, String value, String sentence) {
        assertThatThrownBy(() -> start("127.0.0.1", jwtBut(key, value)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void shouldTellABadLineByItsNumberAndNotByWhatItSays() throws IOException {
        Path tokens = Files.writeString(
                folder.resolve("tokens"), "# tokens\n\nann viewer rationale_in-the-clear-by-mistake\n");

        assertThatThrownBy(() -> start("127.0.0.1", Map.of("rationale.auth.tokens-file", tokens.toString())))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("Line 3 of")
                .hasMessageNotContainingAny("ann", "mistake");
    }
}
