package io.rationale.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.net.HostAndPort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalNamesTest {
    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST", "rationale.localhost", "127.0.0.1", "127.1.2.3", "::1", "[::1]"})
    void shouldAnswerToNamesOfItsMachine(String host) {
        assertThat(new LocalNames(true).refusal(HostAndPort.create(host, 8080), host))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "evil-localhost",
                "10.0.0.1",
                "[::2]",
                "0.0.0.0"
            })
    void shouldNotAnswerToOthers(String host) {
        assertThat(new LocalNames(true).refusal(HostAndPort.create(host, 8080), host))
                .hasValueSatisfying(problem -> assertThat(problem.status()).isEqualTo(403));
    }

    @Test
    void shouldAnswerToAnyNameWhereTokensOrTheConfigurationSaySo() {
        assertThat(new LocalNames(false).refusal(HostAndPort.create("rationale.example", 443), "rationale.example"))
                .isEmpty();
    }

    @Test
    void shouldAnswerToClientsThatNameNobody() {
        assertThat(new LocalNames(true).refusal(null, null)).isEmpty();
    }

    @Test
    void shouldNotAnswerToWhatIsNoName() {
        assertThat(new LocalNames(true).refusal(null, "evil_host.example")).isPresent();
    }
}
