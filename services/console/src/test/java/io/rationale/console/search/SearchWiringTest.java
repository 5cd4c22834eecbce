package io.rationale.console.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchWiringTest {
    @ParameterizedTest
    @CsvSource({"P400D, , P400D", "P400D, P90D, P90D", "P30D, P90D, P30D", "PT0S, P90D, P90D", "PT0S, , PT0S"})
    void shouldForgetWithTheAuditAtTheLatest(Duration configured, Duration audit, Duration expected) {
        assertThat(SearchWiring.maxAge(configured, Optional.ofNullable(audit))).isEqualTo(expected);
    }
}
