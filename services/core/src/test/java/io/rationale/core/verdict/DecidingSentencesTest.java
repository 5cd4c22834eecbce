package io.rationale.core.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecidingSentencesTest {
    private static final List<String> NAMES = List.of("missed-retrieval", "Missed retrieval");

    private static List<String> deciding(String thought, List<String> names, String... quotes) {
        return DecidingSentences.of(thought, names, List.of(quotes)).stream()
                .map(span -> thought.substring(
                        thought.offsetByCodePoints(0, span.start()), thought.offsetByCodePoints(0, span.end())))
                .toList();
    }

    @Test
    void shouldFindWhatConcludes() {
        assertThat(deciding(
                        "Missed retrieval would need a document. It might be missed retrieval? The note says nothing of it."
                                + " So this is missed retrieval.",
                        NAMES))
                .containsExactly("So this is missed retrieval.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The best fit is \"Missed-Retrieval\".",
                "Therefore: **MISSED RETRIEVAL**.",
                "I'll go with ‘missed_retrieval’.",
                "Daher passt missed-retrieval.",
                "Donc c’est « missed retrieval ».",
                "因此属于missed-retrieval。",
            })
    void shouldFindTheCategoryHoweverItIsWritten(String conclusion) {
        assertThat(deciding("First I read it.\n" + conclusion + " That's settled.", NAMES))
                .containsExactly(conclusion);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "So this is not missed retrieval.",
                "So it is other rather than missed retrieval.",
                "The category could be missed retrieval.",
                "Is this one missed retrieval?",
                "So the label is unmissed retrievals.",
            })
    void shouldNotTakeDenialsSuppositionsAndQuestionsForConclusions(String sentence) {
        String conclusion = "The verdict is missed retrieval.";

        assertThat(deciding(sentence + " " + conclusion, NAMES)).containsExactly(conclusion);
    }

    @Test
    void shouldReadOnAfterADenial() {
        assertThat(deciding("So it is not other but missed retrieval. Done.", NAMES))
                .containsExactly("So it is not other but missed retrieval.");
    }

    @Test
    void shouldFindWhatQuotesTheEvidence() {
        assertThat(deciding(
                        "The user asks for a form. It says “Nothing was\n  found” for it. So missed retrieval.",
                        NAMES,
                        "nothing was found"))
                .containsExactly("It says “Nothing was", "found” for it.", "So missed retrieval.");
    }

    @Test
    void shouldNotTakeShortOrCutWordsForQuotes() {
        assertThat(deciding("The terrors are no. Nothing else.", NAMES, "no", "error"))
                .isEmpty();
    }

    @Test
    void shouldFindFourAtMostTheLastConclusionAmongThem() {
        String thought =
                "So missed retrieval 1. So missed retrieval 2. It says \"no form\" here. And \"no form\" there."
                        + " So missed retrieval 3. Also \"no form\". So missed retrieval 4.";

        assertThat(deciding(thought, NAMES, "no form"))
                .containsExactly(
                        "It says \"no form\" here.",
                        "And \"no form\" there.",
                        "Also \"no form\".",
                        "So missed retrieval 4.");
        assertThat(deciding(thought, NAMES)).hasSize(4).last().isEqualTo("So missed retrieval 4.");
    }

    @Test
    void shouldFallBackOnTheLastSentenceThatNamesTheCategory() {
        assertThat(deciding("It could be missed retrieval. Perhaps missed retrieval. Or chunking.", NAMES))
                .containsExactly("Perhaps missed retrieval.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n\n ", "...", "I do not know."})
    void shouldFindNothingWhereNothingIs(String thought) {
        assertThat(deciding(thought, NAMES)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "患者抱怨。|因此属于检索遗漏。|完了",
                "何も見つからない。|したがって検索漏れである。|終わり。",
                "दस्तावेज़ नहीं मिला।|So the label is 检索遗漏।|बस।",
                "لم يوجد شيء؟|So 检索遗漏 is the label؟ no.|انتهى.",
            })
    void shouldEndSentencesInAnyScript(String parts) {
        String thought = parts.replace("|", "");
        List<String> names = List.of("检索遗漏", "検索漏れ");

        assertThat(deciding(thought, names)).hasSize(1).allSatisfy(sentence -> assertThat(parts.split("\\|")[1])
                .contains(sentence));
    }

    @Test
    void shouldCountInCodePoints() {
        assertThat(DecidingSentences.of("👍👍 Fine.\nSo 👍 missed retrieval 👍.", NAMES, List.of()))
                .containsExactly(new TextSpan(9, 33));
    }

    @Test
    void shouldStayWithinALongThought() {
        String thought = "It is about missed retrieval. ".repeat(20_000);

        assertThat(DecidingSentences.of(thought, NAMES, List.of("missed retrieval")))
                .hasSize(4);
    }
}
