package io.rationale.core.injection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WordSearchTest {
    private static List<String> found(List<String> words, String text) {
        return new WordSearch(words).in(text).stream().mapToObj(words::get).toList();
    }

    @Test
    void shouldFindWordsWithinLongerOnes() {
        assertThat(found(List.of("ignore", "nor", "rules", "les", "absent"), "he ignored our rules"))
                .containsExactly("ignore", "nor", "rules", "les");
    }

    @Test
    void shouldFindAtBothEndsAndSingleCharacters() {
        assertThat(found(List.of("he", "es", "他", "x"), "he, 他, rules")).containsExactly("he", "es", "他");
        assertThat(found(List.of("he"), "h")).isEmpty();
        assertThat(found(List.of("he"), "")).isEmpty();
    }

    @Test
    void shouldFindWhatContainsFinds() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            List<String> words = IntStream.range(0, 60)
                    .mapToObj(i -> text(random, 1 + random.nextInt(4)))
                    .distinct()
                    .toList();
            String text = text(random, random.nextInt(40));

            assertThat(found(words, text))
                    .as(text)
                    .containsExactlyElementsOf(
                            words.stream().filter(text::contains).toList());
        }
    }

    private static String text(Random random, int length) {
        return IntStream.range(0, length)
                .mapToObj(i -> String.valueOf("abcä漢".charAt(random.nextInt(5))))
                .collect(Collectors.joining());
    }
}
