package io.rationale.console.search;

import static io.rationale.console.Events.TEN;
import static io.rationale.console.Events.V1;
import static io.rationale.console.Events.classified;
import static io.rationale.console.Events.note;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rationale.core.note.Note;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FullTextTest {
    private static final String SIGNS = "ab -\"*\\()|+~患\uD800é\t";

    @TempDir
    Path directory;

    private IndexHarness notes;

    @BeforeEach
    void open() throws IOException {
        notes = new IndexHarness(directory);
        says("en", "The search found nothing about the dose of Ibuprofen.");
        says("de", "Die Überdosierung wurde für möglich gehalten.");
        says("zh", "患者服用了错误的剂量");
        says("ja", "データベースで見つからない");
        says("th", "ผู้ป่วยได้รับยาผิด");
        says("ru", "Ничего не найдено");
    }

    @AfterEach
    void close() {
        notes.close();
    }

    private void says(String id, String text) throws IOException {
        notes.decided(classified(note(id, "clinic", TEN, text), V1, "other"));
    }

    private List<String> found(String words) {
        return notes.ids(NoteQuery.all(V1).saying(words));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "dose | en",
                "DOSE ibuprofen | en",
                "\"found nothing\" | en",
                "ibu* | en",
                "dose -nothing | ",
                "dose -aspirin | en",
                "\"nothing found\" | ",
                "dose aspirin | ",
                "uberdosierung | de",
                "MÖGLICH | de",
                "错误 | zh",
                "患 | zh",
                "剂量 | zh",
                "错剂 | ",
                "データ | ja",
                "ผู้ป่วย | th",
                "найдено | ru",
                "!!! | ",
            })
    void shouldFind(String words, String id) {
        assertThat(found(words)).isEqualTo(id == null ? List.of() : List.of(id));
    }

    @Test
    void shouldFindByTheReport() throws IOException {
        Note report =
                new Note("rag", "Wrong.", "app", TEN, "Which lisinopril?", "Forty", "Ten", List.of(), Map.of(), null);
        notes.decided(classified(report, V1, "other"));

        assertThat(found("lisinopril forty ten wrong")).containsExactly("rag");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "*",
                "**",
                "-",
                "--",
                "- -",
                "\"",
                "\"\"",
                "\\",
                "\\\\\\",
                "a*b*",
                "*a",
                "-*",
                "~",
                "a~1000",
                "\"a b\"~99999999",
                "((((((",
                "a AND OR NOT",
                "+++",
                "||||",
                "id:en",
                "text:[a TO z]",
                "/a.*/",
                "{}",
                "<script>alert(1)</script>",
                "\u0000",
                "\uD800",
                "'; drop table notes; --"
            })
    void shouldTakeEveryTextAsAQuery(String words) {
        assertThat(found(words)).isNotNull();
    }

    @Test
    void shouldTakeRandomTextAsAQuery() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            StringBuilder words = new StringBuilder();
            for (int c = random.nextInt(FullText.MOST_CHARACTERS); c > 0; c--) {
                words.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
            }
            assertThat(found(words.toString())).as("seed %d: %s", seed, words).isNotNull();
        }
    }

    @Test
    void shouldRefuseWhatIsTooLong() {
        assertThatThrownBy(() -> found("a ".repeat(501))).isInstanceOf(IllegalArgumentException.class);
        assertThat(found("ab ".repeat(333))).isEmpty();
        assertThat(found("患".repeat(1_000))).isEmpty();
    }
}
