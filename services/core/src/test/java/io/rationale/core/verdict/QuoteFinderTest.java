package io.rationale.core.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.core.note.Context;
import io.rationale.core.note.Note;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuoteFinderTest {
    @Test
    void shouldCountCodePoints() {
        // given
        QuoteFinder finder = new QuoteFinder(note("😀😀 the dose is wrong 😀"));

        // when
        Optional<Evidence> found = finder.find("dose is wrong 😀");

        // then
        assertThat(found).contains(new Evidence("text", "dose is wrong 😀", 7, 22));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "It said “never” twice | It said \"never\" twice | It said “never” twice",
                "It’s the model’s fault | it's the model's fault | It’s the model’s fault",
                "pages 3–5 are gone | pages 3-5 are gone | pages 3–5 are gone",
                "wait… what | wait... what | wait… what",
                "wait... what | wait… what | wait... what",
                "THE DOSE is wrong | the dose is wrong | THE DOSE is wrong",
                "the dose is wrong | \"The dose is wrong\" | the dose is wrong",
                "the dose is wrong, I think | The dose is wrong… | the dose is wrong",
                "the dose is wrong, I think | ...dose is wrong... | dose is wrong",
                "İSTANBUL GROẞ: the DOSE | the dose | the DOSE",
                "Straße İ İ ß: The dose | the dose | The dose",
            })
    void shouldKeepTheNotesOwnWording(String text, String quote, String wording) {
        // given
        QuoteFinder finder = new QuoteFinder(note("😀 " + text));

        // when
        Optional<Evidence> found = finder.find(quote);

        // then
        int start = text.indexOf(wording) + 2;
        assertThat(found).contains(new Evidence("text", wording, start, start + wording.length()));
    }

    @Test
    void shouldTakeAnyRunOfWhiteSpaceForOneSpace() {
        // given
        QuoteFinder finder = new QuoteFinder(note("the\u00a0\n\t dose\u2009is wrong  "));

        // when
        Optional<Evidence> found = finder.find("  the dose  is\nwrong");

        // then
        assertThat(found).contains(new Evidence("text", "the\u00a0\n\t dose\u2009is wrong", 0, 20));
    }

    @Test
    void shouldLookIntoTheOtherFields() {
        // given
        Note note = new Note(
                "id",
                "the text",
                "s",
                null,
                "the question",
                "the ANSWER",
                "the expectation",
                List.of(new Context("c1", 1, null, "nothing"), new Context("c2", 2, null, "a passage")),
                null,
                null);
        QuoteFinder finder = new QuoteFinder(note);

        // then
        assertThat(finder.find("the question")).contains(new Evidence("question", "the question", 0, 12));
        assertThat(finder.find("answer")).contains(new Evidence("answer", "ANSWER", 4, 10));
        assertThat(finder.find("expectation")).contains(new Evidence("expected", "expectation", 4, 15));
        assertThat(finder.find("passage")).contains(new Evidence("contexts[1]", "passage", 2, 9));
        assertThat(finder.find("the ")).contains(new Evidence("text", "the ", 0, 4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"never said", "", " ", "\"...\"", "dosis", "doseis", "the dose is wronger"})
    void shouldNotFindWhatDoesNotStandThere(String quote) {
        assertThat(new QuoteFinder(note("the dose is wrong")).find(quote)).isEmpty();
    }

    @Test
    void shouldNotCutACharacterInTwo() {
        // given
        QuoteFinder finder = new QuoteFinder(note("a😀b"));

        // then
        for (String half : List.of("\ud83d", "\ude00")) {
            assertThat(finder.find(half)).contains(new Evidence("text", "😀", 1, 2));
        }
        assertThat(finder.find("\ude00b")).contains(new Evidence("text", "😀b", 1, 3));
    }

    @Test
    void shouldPointAtWhatItQuotes() {
        // given
        long seed = Long.getLong("rationale.seed", ThreadLocalRandom.current().nextLong());
        System.out.println("QuoteFinderTest seed " + seed);
        Random random = new Random(seed);
        int hits = 0;
        for (int i = 0; i < 20_000; i++) {
            String text = "x" + randomText(random, 40);
            int from = random.nextInt(text.length());
            String quote = damaged(text.substring(from, from + random.nextInt(text.length() - from + 1)), random);

            // when
            Optional<Evidence> found = new QuoteFinder(note(text)).find(quote);

            // then
            if (found.isPresent()) {
                hits++;
                int start = text.offsetByCodePoints(0, found.get().start());
                int end = text.offsetByCodePoints(0, found.get().end());
                assertThat(text.substring(start, end))
                        .as("'%s' in '%s', seed %s", quote, text, seed)
                        .isEqualTo(found.get().quote())
                        .isNotEmpty();
            }
        }
        assertThat(hits).isGreaterThan(5_000);
    }

    private static String damaged(String quote, Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> quote.toUpperCase(java.util.Locale.ROOT);
            case 1 -> quote.replace(' ', '\n').replace("…", "...");
            case 2 -> "\"" + quote + "\"";
            default -> quote;
        };
    }

    private static String randomText(Random random, int length) {
        String alphabet = "aAbBßẞİıiIσςΣ  \u00a0\n\t…..“”\"'’–-\ud83d\ude00ǅﬁ";
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(length); i >= 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private static Note note(String text) {
        return Note.of("id", "s", text);
    }
}
