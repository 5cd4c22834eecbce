package io.rationale.core.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.rationale.core.note.Note;
import io.rationale.core.r1.ModelOutcome;
import io.rationale.core.taxonomy.Taxonomies;
import io.rationale.core.taxonomy.Taxonomy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Answers damaged at random. {@code -Drationale.mutations=} sets how many, {@code -Drationale.seed=} repeats a run by
 * the seed that it printed.
 */
class DamagedAnswersTest {
    private static final int MUTATIONS = Integer.getInteger("rationale.mutations", 20_000);
    private static final String[] PIECES = {
        "{",
        "}",
        "[",
        "]",
        "\"",
        "'",
        ",",
        ":",
        "\\",
        "\\u12",
        "\\ud83d",
        "\n",
        "/*",
        "//",
        "```",
        "</think>",
        "<think>",
        "null",
        "1e999",
        "-",
        "NaN",
        "n1",
        "n99",
        "99999999999999999999",
        "\"id\":",
        "\"category\":",
        "generation",
        "other",
        "{\"verdicts\":[",
        "{\"id\":\"n2\",\"category\":\"no-error\"}",
        "😀",
        "\ud83d",
        "\0",
        "\ufeff"
    };

    private final Taxonomy taxonomy = Taxonomies.ragFailures();
    private final AnswerReader reader = new AnswerReader(taxonomy);
    private final AnswerParser parser = new AnswerParser(taxonomy);
    private final List<Note> notes = List.of(
            Note.of("a", "s", "😀 I asked for a “table” and got a list."),
            Note.of("b", "s", "There is nothing about it."),
            Note.of("c", "s", "Straße İ all is well"));

    @Test
    void shouldNeverThrowNorLeaveTheContract() {
        // given
        long seed = Long.getLong("rationale.seed", ThreadLocalRandom.current().nextLong());
        System.out.println("DamagedAnswersTest seed " + seed + ", " + MUTATIONS + " mutations");
        Random random = new Random(seed);
        int[] accepted = {0};

        assertTimeoutPreemptively(Duration.ofSeconds(60 + MUTATIONS / 500), () -> {
            for (int i = 0; i < MUTATIONS; i++) {
                String damaged = damaged(answer(random), random);

                // when, then
                assertThatCode(() -> accepted[0] += verify(damaged, random.nextBoolean()))
                        .as("seed %s, answer: %s", seed, damaged)
                        .doesNotThrowAnyException();
            }
        });
        assertThat(accepted[0]).as("some damage is tolerated").isGreaterThan(MUTATIONS / 4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[",
                "{",
                "{\"a\":",
                "[[[[[[[[{",
                "{\"a\":[1,",
                "[/*",
                "{'a':'",
                "[1",
                "{\"id\":\"n1\",\"category\":\"",
                "{}",
                "[\"\\u",
                "[//"
            })
    void shouldReadAMegabyteOfRepetitionInBoundedTime(String piece) {
        // given
        String text = piece.repeat(1_500_000 / piece.length());

        // when, then
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> parser.parse(text, notes));
    }

    private int verify(String damaged, boolean inThought) {
        Map<Integer, ParsedAnswer> answers = parser.parse(damaged, notes);
        assertThat(answers.keySet()).isSubsetOf(0, 1, 2);
        answers.forEach((position, answer) -> verify(answer, notes.get(position)));
        ModelOutcome outcome = inThought
                ? new ModelOutcome.StoppedInThought(damaged)
                : new ModelOutcome.Complete("Note n1: " + damaged, damaged);
        assertThat(reader.read(outcome, notes))
                .hasSameSizeAs(notes)
                .allSatisfy(read -> read.ifPresent(judgement -> assertThat(outcome.reasoning())
                        .contains(judgement.reasoning().text())));
        return answers.size();
    }

    private void verify(ParsedAnswer answer, Note note) {
        assertThat(taxonomy.labels()).containsKey(answer.category());
        if (answer.secondary() != null) {
            assertThat(taxonomy.labels()).containsKey(answer.secondary());
        }
        for (Evidence evidence : answer.evidence()) {
            int start = note.text().offsetByCodePoints(0, evidence.start());
            int end = note.text().offsetByCodePoints(0, evidence.end());
            assertThat(note.text().substring(start, end)).isEqualTo(evidence.quote());
        }
    }

    private String answer(Random random) {
        List<String> labels = new ArrayList<>(taxonomy.labels().keySet());
        StringBuilder answer = new StringBuilder(random.nextBoolean() ? "```json\n{\"verdicts\":[" : "{\"verdicts\":[");
        for (int i = 1; i <= notes.size(); i++) {
            String text = notes.get(i - 1).text();
            answer.append(i == 1 ? "" : ",")
                    .append("{\"id\":\"n%d\",\"category\":\"%s\",\"secondary\":null,\"evidence\":[\"%s\"],"
                            .formatted(i, labels.get(random.nextInt(labels.size())), text.substring(random.nextInt(9))))
                    .append("\"rationale\":\"It's so.\",\"confidence\":\"high\"}");
        }
        return answer.append("]}\n").toString();
    }

    private static String damaged(String answer, Random random) {
        StringBuilder text = new StringBuilder(answer);
        for (int i = random.nextInt(6); i >= 0; i--) {
            int at = random.nextInt(text.length() + 1);
            int end = Math.min(text.length(), at + 1 + random.nextInt(random.nextInt(8) == 0 ? 200 : 4));
            String piece = PIECES[random.nextInt(PIECES.length)];
            switch (random.nextInt(6)) {
                case 0 -> text.delete(at, end);
                case 1 -> text.insert(at, piece);
                case 2 -> text.replace(at, end, piece);
                case 3 -> text.insert(at, text.substring(at, end));
                case 4 -> text.insert(at, String.valueOf((char) random.nextInt(0x10000)));
                default -> text.append(piece).append(text.substring(at, end));
            }
        }
        if (random.nextInt(20) == 0) {
            text.setLength(random.nextInt(text.length() + 1));
        }
        return text.toString();
    }
}
