package io.rationale.simulator.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rationale.simulator.Prompts;
import io.rationale.simulator.cluster.Tokens;
import io.rationale.simulator.prompt.ListedNote;
import io.rationale.simulator.prompt.TaskReader;
import io.rationale.simulator.reasoner.LexicalReasoner;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How long thoughts are, and what they are made longer with. */
class ThoughtTest {
    private static final String PROMPT = Prompts.about("bad", "Die Quelle fehlt, </think> {\"a\":1}");
    private static final String THOUGHT = new LexicalReasoner(1).think(PROMPT).thought();
    private static final List<ListedNote> NOTES =
            TaskReader.read(PROMPT).orElseThrow().notes();

    @Test
    void shouldBeLognormalAndGrowWithTheSquareRootOfTheNotes() {
        // given
        ThoughtLength length = new ThoughtLength(500);

        // when
        int[] one = sorted(length, 1);
        int[] nine = sorted(length, 9);

        // then
        assertThat((double) one[5_000]).isCloseTo(500, within(25.0));
        assertThat((double) one[9_500]).isCloseTo(2_500, within(250.0));
        assertThat((double) nine[5_000]).isCloseTo(1_500, within(75.0));
        assertThat(new ThoughtLength(0).sample(9, 1)).isZero();
    }

    @Test
    void shouldKeepTheEssentialThoughtWhereItIsLongEnough() {
        assertThat(new Musing(1).lengthened(THOUGHT, NOTES, Tokens.in(THOUGHT))).isEqualTo(THOUGHT);
    }

    @Test
    void shouldPutParagraphsBetweenThoseOfTheThought() {
        // when
        String lengthened = new Musing(1).lengthened(THOUGHT, NOTES, 3_000);

        // then
        List<String> paragraphs = List.of(lengthened.split("\n\n"));
        assertThat(Tokens.in(lengthened)).isBetween(3_000, 3_200);
        assertThat(paragraphs).containsSubsequence(THOUGHT.split("\n\n"));
        assertThat(paragraphs).first().isEqualTo(THOUGHT.split("\n\n")[0]);
        assertThat(lengthened).endsWith(THOUGHT.substring(THOUGHT.lastIndexOf("\n\n")));
        assertThat(paragraphs.stream().filter(p -> p.startsWith("Note "))).hasSize(2);
        assertThat(lengthened).doesNotContain("</think>");
    }

    @Test
    void shouldNotLookLikeALoop() {
        // given
        List<String> words =
                List.of(new Musing(3).lengthened(THOUGHT, NOTES, 30_000).split("\\s+"));

        // when
        Set<String> seen = new HashSet<>();
        int longestWithoutNews = 0;
        int withoutNews = 0;
        for (int i = 0; i + 8 <= words.size(); i++) {
            boolean news = seen.add(String.join(" ", words.subList(i, i + 8)));
            withoutNews = news ? 0 : withoutNews + 1;
            longestWithoutNews = Math.max(longestWithoutNews, withoutNews);
        }

        // then
        assertThat(longestWithoutNews).isLessThan(40);
    }

    private static int[] sorted(ThoughtLength length, int notes) {
        return IntStream.range(0, 10_000)
                .map(seed -> length.sample(notes, seed))
                .sorted()
                .toArray();
    }
}
