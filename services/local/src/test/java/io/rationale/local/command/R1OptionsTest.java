package io.rationale.local.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class R1OptionsTest {
    @Test
    void shouldTakeSeveralServersWithoutTrailingSlash() {
        // when
        R1Options options = parse("--r1", "http://a:8000/v1/, https://b.example/v1", "--r1", "http://[::1]:8000/v1");

        // then
        assertThat(options.endpoints())
                .containsExactly("http://a:8000/v1", "https://b.example/v1", "http://[::1]:8000/v1");
    }

    @Test
    void shouldNameNoServerAndNoModelByDefault() {
        assertThat(parse().endpoints()).isEmpty();
        assertThat(parse().model()).isEmpty();
        assertThat(parse("--model", " ").model()).isEmpty();
        assertThat(parse("--model", "r1").model()).contains("r1");
    }

    @Test
    void shouldRefuseCredentialsWithoutRepeatingThem() {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> parse("--r1", "https://ann:s3cret@host/v1").endpoints())
                .withMessageContaining("RATIONALE_R1_API_KEY")
                .withMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"host:8000", "ftp://host/v1", "http:///v1", "localhost", "http://a b/v1", "file:/etc", "''"})
    void shouldRefuseWhatIsNoBaseUrl(String url) {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> parse("--r1", url).endpoints())
                .withMessageContaining("http://host:8000/v1");
    }

    private static R1Options parse(String... args) {
        R1Options options = new R1Options();
        CommandLine.populateCommand(options, args);
        return options;
    }
}
