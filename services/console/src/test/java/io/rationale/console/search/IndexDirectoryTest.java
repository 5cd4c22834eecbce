package io.rationale.console.search;

import static io.rationale.console.Events.V1;
import static io.rationale.console.Events.classified;
import static io.rationale.console.Events.note;
import static io.rationale.console.Events.reviewed;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexDirectoryTest {
    private static final NoteQuery ALL = NoteQuery.all(V1);

    @TempDir
    Path directory;

    private void fill() throws IOException {
        try (IndexHarness notes = new IndexHarness(directory)) {
            notes.decided(classified(note("a"), V1, "other"));
            notes.commit();
        }
    }

    @Test
    void shouldGoOnFromTheLastCommitAfterACrash() throws IOException {
        // given
        fill();
        try (IndexHarness notes = new IndexHarness(directory)) {
            notes.decided(reviewed("a", V1, "no-error"), classified(note("b"), V1, "other"));
            assertThat(notes.ids(ALL)).containsExactly("a", "b");
            // closed without a commit, as by a crash
        }

        // when
        try (IndexHarness notes = new IndexHarness(directory)) {
            // then
            assertThat(notes.offset()).isEqualTo(1);
            assertThat(notes.ids(ALL)).containsExactly("a");
            assertThat(notes.note("a").history()).hasSize(1);
            notes.decided(reviewed("a", V1, "no-error"), classified(note("b"), V1, "other"));
            assertThat(notes.ids(ALL)).containsExactly("a", "b");
            assertThat(notes.note("a").history()).hasSize(2);
        }
    }

    @Test
    void shouldBuildADamagedIndexAnew() throws IOException {
        // given
        for (String damage : List.of("segments", "_")) {
            fill();
            Files.writeString(directory.resolve("mine.txt"), "kept");
            damage(damage);

            // when
            try (IndexHarness notes = new IndexHarness(directory)) {
                // then
                assertThat(notes.offset()).as(damage).isZero();
                assertThat(notes.ids(ALL)).isEmpty();
                notes.decided(classified(note("b"), V1, "other"));
                assertThat(notes.ids(ALL)).containsExactly("b");
            }
            assertThat(directory.resolve("mine.txt")).hasContent("kept");
        }
    }

    @Test
    void shouldBeginAnewAfterDamageInUse() throws IOException {
        // given
        fill();
        try (NoteIndex index = new NoteIndex(directory)) {
            index.open();

            // when
            index.failed(new IllegalStateException(new CorruptIndexException("cut", "a file")));

            // then
            assertThat(index.open()).isEqualTo(CommitData.NONE);
        }
    }

    private void damage(String prefix) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .forEach(IndexDirectoryTest::cut);
        }
    }

    private static void cut(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldBuildAnIndexOfAnotherVersionAnew() throws IOException {
        // given
        fill();
        try (FSDirectory files = FSDirectory.open(directory);
                IndexWriter writer = new IndexWriter(files, new IndexWriterConfig())) {
            writer.setLiveCommitData(Map.of("format", "0", "offset.0", "1").entrySet());
            writer.commit();
        }

        // when
        try (IndexHarness notes = new IndexHarness(directory)) {
            // then
            assertThat(notes.offset()).isZero();
            assertThat(notes.ids(ALL)).isEmpty();
        }
    }

    @Test
    void shouldTakeAFolderOfItsOwnWhenAnotherHoldsTheIndex() throws IOException {
        // given
        fill();
        try (IndexHarness first = new IndexHarness(directory);
                IndexHarness second = new IndexHarness(directory)) {
            // when
            second.decided(classified(note("b"), V1, "other"));

            // then
            assertThat(second.offset()).isOne();
            assertThat(second.ids(ALL)).containsExactly("b");
            assertThat(first.ids(ALL)).containsExactly("a");
        }
    }
}
