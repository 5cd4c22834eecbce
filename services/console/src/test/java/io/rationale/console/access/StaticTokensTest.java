package io.rationale.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.console.access.Admission.Admitted;
import io.rationale.console.access.Admission.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StaticTokensTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @TempDir
    Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private Path path;
    private TokenFile file;

    @BeforeEach
    void name() {
        path = folder.resolve("tokens");
        file = new TokenFile(path);
    }

    private String add(String name, Instant end) throws IOException {
        String token = ApiTokens.create();
        file.add(new TokenEntry(
                name, EnumSet.of(Role.WRITER, Role.VIEWER), ApiTokens.sha256(token), Optional.ofNullable(end)));
        return token;
    }

    @Test
    void shouldKnowATokenUntilItExpiresOrIsRevoked() throws IOException {
        // given
        String lasting = add("ci", null);
        String ending = add("trial", NOON.plusSeconds(60));
        StaticTokens tokens = StaticTokens.open(path, now::get);

        // then
        assertThat(tokens.admit(lasting)).get().isInstanceOfSatisfying(Admitted.class, admitted -> {
            assertThat(admitted.caller().name()).contains("ci");
            assertThat(admitted.caller().roles()).containsExactly(Role.WRITER, Role.VIEWER);
        });
        assertThat(tokens.admit(ending)).get().isInstanceOf(Admitted.class);
        assertThat(tokens.admit(ApiTokens.sha256(lasting))).isEmpty();
        assertThat(tokens.admit(lasting + "x")).isEmpty();

        // when
        now.set(NOON.plusSeconds(60));
        file.remove("ci");
        tokens.refresh();

        // then
        assertThat(tokens.admit(ending)).contains(new Refused("The token has expired."));
        assertThat(tokens.admit(lasting)).isEmpty();
    }

    @Test
    void shouldTakeTheGoodLinesOfAFileThatChanged() throws IOException {
        // given
        String before = add("before", null);
        StaticTokens tokens = StaticTokens.open(path, now::get);

        // when
        Files.writeString(path, "half a li\n# comment\n");
        String after = add("after", null);
        tokens.refresh();

        // then
        assertThat(tokens.admit(before)).isEmpty();
        assertThat(tokens.admit(after)).get().isInstanceOf(Admitted.class);

        // and when it has gone
        Files.delete(path);
        tokens.refresh();

        // then
        assertThat(tokens.admit(after)).isEmpty();
    }

    @Test
    void shouldKeepNoTokenAndBeForItsOwnerOnly() throws IOException {
        String token = add("ci", Instant.parse("2027-01-01T00:00:00Z"));

        assertThat(token).startsWith("rationale_").hasSizeGreaterThan(50);
        assertThat(Files.readString(path))
                .doesNotContain(token)
                .isEqualTo("ci writer,viewer " + ApiTokens.sha256(token) + " expires=2027-01-01T00:00:00Z\n");
        assertThat(Files.getPosixFilePermissions(path)).hasSize(2);
    }

    @Test
    void shouldReadDatesAndRefuseOtherLines() throws IOException {
        Files.writeString(path, """
                a viewer %1$s expires=2027-01-01
                b boss %1$s
                c viewer 123
                -d viewer %1$s
                e viewer %1$s expires=soon
                f viewer %1$s further
                """.formatted("0".repeat(64)));

        TokenFile.Content content = file.read();

        assertThat(content.entries()).singleElement().satisfies(entry -> assertThat(entry.expiresAt())
                .contains(Instant.parse("2027-01-01T00:00:00Z")));
        assertThat(content.faults()).hasSize(5).allSatisfy(fault -> assertThat(fault)
                .startsWith("Line ")
                .doesNotContain("boss", "soon", "further", "0000"));
    }
}
