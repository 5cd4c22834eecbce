package io.rationale.core.injection;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.core.note.Note;
import io.rationale.core.taxonomy.Taxonomies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class InjectionScanTest {
    private static final Path CORPUS = Path.of("src/test/resources/injection");

    private final InjectionScan scan = new InjectionScan(Taxonomies.ragFailures());

    @Test
    void shouldSuspectEveryNoteOfTheCorpus() throws IOException {
        // given
        List<InjectedNote> notes = InjectedNote.read(CORPUS.resolve("notes.jsonl"));

        // when
        List<String> missed = notes.stream()
                .filter(each -> !scan.of(each.note(each.name())).isSuspected())
                .map(InjectedNote::name)
                .toList();

        // then
        assertThat(notes).hasSizeGreaterThanOrEqualTo(60);
        assertThat(missed).isEmpty();
    }

    static Stream<String> honest() throws IOException {
        return Files.readAllLines(CORPUS.resolve("honest.txt")).stream();
    }

    @ParameterizedTest
    @MethodSource("honest")
    void shouldNotSuspectWhatIsOnlySaidAboutAnAnswer(String line) {
        assertThat(scan.of(Note.of("i", "s", line.replace("\\n", "\n"))).isSuspected())
                .isFalse();
    }

    @Test
    void shouldFindNoOrderWithoutOneOfItsWords() throws IOException {
        // given
        List<String> texts = Stream.concat(
                        InjectedNote.read(CORPUS.resolve("notes.jsonl")).stream()
                                .map(each -> each.note("i").text()),
                        honest())
                .map(Disguise::plain)
                .toList();

        // when
        List<String> overlooked = Orders.read("commands.txt").all().stream()
                .filter(order -> texts.stream()
                        .anyMatch(text -> !new Orders(List.of(order)).areIn(text)
                                && order.pattern().matcher(text).find()))
                .map(order -> order.pattern().pattern())
                .toList();

        // then
        assertThat(overlooked).isEmpty();
    }

    @Test
    void shouldSuspectTheOneSampleThatIsAnOrder() throws IOException {
        // given
        List<String> lines = Files.readAllLines(Path.of("../../samples/notes.csv"));

        // when
        List<String> suspected = lines.stream()
                .skip(1)
                .filter(line -> !line.isBlank())
                .filter(line -> scan.of(Note.of("i", "s", line)).isSuspected())
                .toList();

        // then
        assertThat(suspected).singleElement().asString().contains("Ignore the categories");
    }

    @Test
    void shouldCountTokensAndHiddenCharacters() {
        // when
        Injection injection = scan.of(Note.of("i", "s", "<｜User｜>a<|im_end|>b</think>\u202e\u200b[INST]"));

        // then
        assertThat(injection).isEqualTo(new Injection(true, 4, 2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<", "<|", "ignore ", "[", "a-", "all ", "classify ", "A", "\\u003", "&#", " ", "忽略", "note n"})
    @Timeout(20)
    void shouldTakeNoLongerThanALongNoteIsLong(String piece) {
        // given
        Note note = Note.of("i", "s", "x" + piece.repeat(300_000 / piece.length()));
        long begin = System.nanoTime();

        // when
        scan.of(note);

        // then
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
    }
}
