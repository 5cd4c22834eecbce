package io.rationale.core.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReasoningPassagesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Note n%d:",
                "Note %d.",
                "**Note %d**",
                "**Note n%d:**",
                "### Note n%d",
                "- n%d:",
                "N%d:",
                "Now, note (n%d)",
                "Next is note #%d,",
                "3. Looking at note \"n%d\":",
                "`n%d` —"
            })
    void shouldCutWhereALineNamesANote(String style) {
        // given
        String reasoning = "\nThree notes.\n" + passage(style, 1) + passage(style, 2) + passage(style, 3);

        // when
        ReasoningPassages passages = new ReasoningPassages(reasoning, 3);

        // then
        for (int i = 0; i < 3; i++) {
            Reasoning found = passages.of(i);
            assertThat(found.text()).isEqualTo(passage(style, i + 1).stripTrailing());
            assertThat(found.whole()).isFalse();
        }
    }

    @Test
    void shouldTakeTheLongestOfSeveral() {
        // given
        String reasoning =
                "Note n1: short.\nNote n2: short.\nNote n1: again, and at much greater length.\nSo n2: done.";

        // when
        ReasoningPassages passages = new ReasoningPassages(reasoning, 2);

        // then
        assertThat(passages.of(0).text()).isEqualTo("Note n1: again, and at much greater length.");
        assertThat(passages.of(1).text()).isEqualTo("Note n2: short.");
    }

    @Test
    void shouldKeepAPassageOpenThatNamesItsOwnNoteAgain() {
        // given
        String reasoning = "Note n1: one.\nNote n1 is clear.\nstill\nNote n2: two.";

        // when
        Reasoning found = new ReasoningPassages(reasoning, 2).of(0);

        // then
        assertThat(found.text()).isEqualTo("Note n1: one.\nNote n1 is clear.\nstill");
    }

    @Test
    void shouldGiveTheWholeToANoteThatIsNotNamed() {
        // given
        String reasoning = "Note n1: one.\nThe other is clear.";

        // when
        Reasoning found = new ReasoningPassages(reasoning, 2).of(1);

        // then
        assertThat(found).isEqualTo(new Reasoning(reasoning, true, null));
    }

    @Test
    void shouldGiveTheWholeToASingleNote() {
        // given
        String reasoning = "\nNote n1: one.\nNote n2 does not exist.\n";

        // when
        Reasoning found = new ReasoningPassages(reasoning, 1).of(0);

        // then
        assertThat(found).isEqualTo(new Reasoning(reasoning, true, null));
    }

    @Test
    void shouldNotTakeOtherNumbersOrWordsForNotes() {
        // given
        String first = "Note n1: one.\nIn 2 of the contexts the v2 dose.\nNote n7: none such.\nann2 and n2b and 2: no.";

        // when
        Reasoning found = new ReasoningPassages(first + "\nNote n2: two.", 2).of(0);

        // then
        assertThat(found.text()).isEqualTo(first);
    }

    @Test
    void shouldReadANumberToItsEndWhereTheLeadOfALineEnds() {
        // given
        for (int lead = 30; lead < 60; lead++) {
            String line = "x".repeat(lead - 1) + " n12";

            // when
            ReasoningPassages passages = new ReasoningPassages("Note n3: a\n" + line + " b", 15);

            // then
            assertThat(passages.of(0).whole()).as("lead %s", lead).isTrue();
        }
    }

    @Test
    void shouldKeepEveryPassageASubstring() {
        // given
        long seed = Long.getLong("rationale.seed", ThreadLocalRandom.current().nextLong());
        System.out.println("ReasoningPassagesTest seed " + seed);
        Random random = new Random(seed);
        String[] parts = {"Note n", "note ", "n", "1", "2", "13", "\n", " ", "**", ":", "why 😀", "\r\n", "note note "};
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(60); j > 0; j--) {
                text.append(parts[random.nextInt(parts.length)]);
            }
            int notes = 1 + random.nextInt(15);

            // when
            ReasoningPassages passages = new ReasoningPassages(text.toString(), notes);

            // then
            for (int at = 0; at < notes; at++) {
                assertThat(text.toString())
                        .as("seed %s", seed)
                        .contains(passages.of(at).text());
            }
        }
    }

    private static String passage(String style, int number) {
        return style.formatted(number) + " this is about it.\n\nIt goes on over 2 lines.\n";
    }
}
