package io.rationale.core.r1;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.core.prompt.TokenEstimate;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoopGuardTest {
    private static final int TOKENS_TO_NOTICE = 2_000;

    private final long seed =
            Long.getLong("rationale.seed", ThreadLocalRandom.current().nextLong());
    private final Random random = new Random(seed);
    private final Texts texts = new Texts(random);

    static List<Arguments> loops() {
        Texts texts = new Texts(new Random(7));
        String paragraph = texts.paragraph(150);
        return List.of(
                Arguments.of("one character", "a"),
                Arguments.of("a digit", "0"),
                Arguments.of("an exclamation mark", "!"),
                Arguments.of("newlines", "\n"),
                Arguments.of("spaces", " "),
                Arguments.of("blank lines", "\n \n"),
                Arguments.of("dots", "…"),
                Arguments.of("a rule", "-=-="),
                Arguments.of("an emoji", "😀"),
                Arguments.of("a word", "so "),
                Arguments.of("a longer word", "verification "),
                Arguments.of("a word without spaces", "verification"),
                Arguments.of("three characters", "abc"),
                Arguments.of("a sentence", "Wait, let me check that again. "),
                Arguments.of("a line", "- the category is wrong-format\n"),
                Arguments.of("two sentences", "But the dose is wrong. So the label could be other.\n"),
                Arguments.of("a Chinese sentence", "让我再检查一遍这个注释。"),
                Arguments.of("a Chinese word", "检查"),
                Arguments.of("a Thai word", "ตรวจสอบ"),
                Arguments.of("a Russian sentence", "Проверим это ещё раз. "),
                Arguments.of("a verdict", "{\"id\":\"n1\",\"category\":\"other\",\"evidence\":[\"x\"]},\n"),
                Arguments.of("two paragraphs", paragraph + "\n\n" + texts.paragraph(90) + "\n\n"),
                Arguments.of("a list", texts.enumeration(16)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("loops")
    void shouldNoticeALoopWithin2000Tokens(String name, String period) {
        assertNoticed("", period);
        assertNoticed(texts.prose(20), period);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 30, 80, 150, 250, 400, 550, 700})
    void shouldNoticeLoopsOfParagraphs(int tokens) {
        for (int i = 0; i < 20; i++) {
            assertNoticed(texts.prose(random.nextInt(60)), texts.paragraph(tokens));
        }
    }

    @Test
    void shouldNoticeALoopAfter20000HonestTokens() {
        assertNoticed(texts.prose(1_400), "I should check the note once more. ");
        assertNoticed(texts.prose(1_400), texts.paragraph(500));
    }

    @Test
    void shouldNoticeALoopThatVariesALittle() {
        // given
        StringBuilder loop = new StringBuilder();
        List<String> ways = List.of("Wait, let me check. ", "Let me check again. ", "Wait. ", "Hmm, let me see. ");
        while (loop.length() < 40_000) {
            loop.append(ways.get(random.nextInt(ways.size())));
        }

        // when
        LoopGuard guard = fed(texts.prose(30) + loop);

        // then
        assertThat(guard.looping()).as("seed %s", seed).isTrue();
    }

    @Test
    void shouldStayWithItsVerdict() {
        // given
        LoopGuard guard = fed("so ".repeat(5_000));

        // when
        guard.reset();
        guard.add(texts.prose(300));

        // then
        assertThat(guard.looping()).isTrue();
    }

    @Test
    void shouldForgetTheThoughtWhenTheAnswerBegins() {
        // given
        LoopGuard guard = new LoopGuard();
        String draft = texts.verdicts(16);
        guard.add(draft + texts.prose(3) + draft);

        // when
        guard.reset();
        guard.add(draft);

        // then
        assertThat(guard.looping()).isFalse();
    }

    @Test
    void shouldNoticeALoopInTheAnswer() {
        // given
        LoopGuard guard = fed(texts.prose(50));
        guard.reset();

        // when
        guard.add("{\"verdicts\":[" + "{\"id\":\"n1\",\"category\":\"other\"},".repeat(220));

        // then
        assertThat(guard.looping()).isTrue();
    }

    @Test
    void shouldNotMindLongEnumerations() {
        assertHonest(texts.enumeration(5_000));
        assertHonest(texts.sparse(5_000));
        assertHonest(texts.table(3_000));
        assertHonest(texts.code(2_000));
        assertHonest(texts.skeleton(500));
    }

    @Test
    void shouldNotMindWhatIsSaidOnceMore() {
        for (int i = 0; i < 20; i++) {
            String draft = texts.verdicts(16);
            assertHonest(texts.prose(30) + draft + draft + texts.prose(5));
            assertHonest(draft + texts.prose(12) + draft + texts.prose(12) + draft + texts.prose(12));
            assertHonest(texts.labelsAgainAndAgain(40));
        }
    }

    @Test
    void shouldNotMindShortRuns() {
        assertHonest("=".repeat(400) + texts.prose(10) + " ".repeat(600) + texts.prose(10) + "\n".repeat(300));
        assertHonest(("-".repeat(120) + "\n" + texts.prose(2)).repeat(1) + texts.prose(100));
    }

    @Test
    void shouldNeverStopHonestText() {
        System.out.println("LoopGuardTest seed " + seed);
        for (int i = 0; i < 600; i++) {
            StringBuilder text = new StringBuilder();
            for (int part = random.nextInt(3); part >= 0; part--) {
                text.append(texts.honest());
            }
            assertHonest(text.toString());
        }
    }

    @Test
    void shouldNotDependOnHowTheTextIsCut() {
        // given
        String text = texts.prose(50) + texts.paragraph(300).repeat(6);
        int whole = noticedAt(text, text.length());

        // when, then
        assertThat(whole).isPositive();
        assertThat(noticedAt(text, 1)).as("seed %s", seed).isEqualTo(whole);
        assertThat(noticedAt(text, 7)).as("seed %s", seed).isBetween(whole, whole + 7);
    }

    /** @param period what is repeated; it begins to be a repetition when it comes for the second time */
    private void assertNoticed(String honest, String period) {
        String text = honest + period.repeat(1 + 20_000 / period.length());
        int noticed = noticedAt(text, 1);
        assertThat(noticed).as("seed %s, %s", seed, period).isGreaterThan(honest.length());
        assertThat(TokenEstimate.of(text.substring(honest.length(), noticed)))
                .as("seed %s, %s", seed, period)
                .isLessThanOrEqualTo(TOKENS_TO_NOTICE);
    }

    private void assertHonest(String text) {
        int noticed = noticedAt(text, 5);
        assertThat(noticed)
                .as("seed %s: %s", seed, noticed < 0 ? "" : text.substring(Math.max(0, noticed - 2_000), noticed))
                .isEqualTo(-1);
    }

    /** After how many characters the text counts as a loop, or -1. */
    private static int noticedAt(String text, int piece) {
        LoopGuard guard = new LoopGuard();
        if (piece == text.length()) {
            for (int i = 0; i < text.length(); i++) {
                guard.add(text, i, i + 1);
                if (guard.looping()) {
                    return i + 1;
                }
            }
            return -1;
        }
        for (int i = 0; i < text.length(); i += piece) {
            int end = Math.min(text.length(), i + piece);
            guard.add(text, i, end);
            if (guard.looping()) {
                return end;
            }
        }
        return -1;
    }

    private static LoopGuard fed(String text) {
        LoopGuard guard = new LoopGuard();
        guard.add(text);
        return guard;
    }
}
