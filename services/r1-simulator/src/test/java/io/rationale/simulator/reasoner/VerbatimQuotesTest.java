package io.rationale.simulator.reasoner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rationale.simulator.Prompts;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Quotes must stand in the note character by character, whatever the note is made of. */
class VerbatimQuotesTest {
    private static final List<String> PIECES = List.of(
            "wrong dose",
            "made up",
            "Quelle fehlt",
            "ÄÖÜß",
            "e\u0301te\u0301",
            "👩‍⚕️",
            "🇩🇪",
            "😂😂😂",
            "خطأ في الجرعة",
            "לא נכון",
            "\u202eabc\u202c",
            "剂量错误",
            "間違った出典",
            "용량이 틀림",
            "𝔘𝔫𝔦",
            "\"quoted\"",
            "back\\slash",
            "<b>bold</b>",
            "</think>",
            "{\"id\":",
            "\t",
            "\u00a0",
            "\u2028",
            "\u0085",
            "\r\n",
            "\n",
            ". ",
            "! ",
            "。",
            "; ",
            ", ",
            " ",
            " ",
            "\u200b",
            "ﬁ",
            "İ",
            "\u0000",
            "3.5",
            "\ud83d",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");

    private final LexicalReasoner reasoner = new LexicalReasoner(42);

    @Test
    void shouldQuoteVerbatimWhateverTheNoteIsMadeOf() throws Exception {
        long seed = System.nanoTime();
        System.out.println("VerbatimQuotesTest seed " + seed);
        Random random = new Random(seed);

        // given
        String[] texts = IntStream.range(0, 2_000).mapToObj(i -> text(random)).toArray(String[]::new);

        // when
        Thinking thinking = reasoner.think(Prompts.about(texts));

        // then
        JsonNode verdicts = Prompts.JSON.readTree(thinking.answer()).path("verdicts");
        assertThat(verdicts).hasSize(texts.length);
        for (int i = 0; i < texts.length; i++) {
            assertQuoted(texts[i], verdicts.get(i).path("evidence"), seed);
        }
        assertThat(thinking.answer().codePoints().filter(Character::isISOControl))
                .isEmpty();
        assertThat(thinking.thought().lines().filter(line -> line.startsWith("Note ")))
                .hasSize(texts.length);
    }

    private static void assertQuoted(String text, JsonNode evidence, long seed) {
        boolean empty =
                text.codePoints().allMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85);
        assertThat(evidence.size()).as("seed %d: %s", seed, text).isBetween(empty ? 0 : 1, empty ? 0 : 2);
        for (JsonNode quote : evidence) {
            assertThat(text).as("seed %d", seed).contains(quote.textValue());
            assertThat(quote.textValue().length()).isLessThanOrEqualTo(Clauses.LONGEST);
            assertThat(quote.textValue()).isNotBlank();
        }
    }

    private static String text(Random random) {
        return IntStream.range(0, random.nextInt(30))
                .mapToObj(i -> PIECES.get(random.nextInt(PIECES.size())))
                .collect(Collectors.joining(random.nextBoolean() ? " " : ""));
    }
}
