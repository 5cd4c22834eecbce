package io.rationale.local.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rationale.local.command.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    Path folder;

    @Test
    void shouldNameTheHolderToASecondProcess() {
        Path path = folder.resolve("new/data");
        try (DataDirectory first = DataDirectory.open(path)) {
            assertThatExceptionOfType(UsageException.class)
                    .isThrownBy(() -> DataDirectory.open(path))
                    .withMessageContaining(path.toString())
                    .withMessageContaining("in use")
                    .withMessageContaining("(" + ProcessHandle.current().pid() + ")")
                    .withMessageContaining("--data");
            assertThat(first.kafka()).isEqualTo(path.resolve("kafka"));
        }
    }

    @Test
    void shouldOpenAgainAfterClose() {
        // given
        DataDirectory.open(folder).close();

        // when
        try (DataDirectory again = DataDirectory.open(folder)) {
            // then
            assertThat(again.log()).isEqualTo(folder.resolve("rationale.log"));
        }
    }

    @Test
    void shouldRefuseAFile() throws IOException {
        // given
        Path file = Files.writeString(folder.resolve("notes.csv"), "note");

        // when, then
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> DataDirectory.open(file))
                .withMessageContaining(file.toString())
                .withMessageContaining("--data");
        assertThat(file).hasContent("note");
    }

    @Test
    void shouldRefuseAFolderBelowAFile() throws IOException {
        // given
        Path file = Files.writeString(folder.resolve("notes.csv"), "note");

        // when, then
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> DataDirectory.open(file.resolve("data")))
                .withMessageContaining("--data");
    }

    @Test
    void shouldTellWhetherANodeHasWorkedThere() throws IOException {
        assertThat(DataDirectory.exists(folder)).isFalse();
        Files.createDirectory(folder.resolve("kafka"));
        assertThat(DataDirectory.exists(folder)).isTrue();
    }
}
