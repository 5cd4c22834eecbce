package io.rationale.simulator.reasoner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClausesTest {

    @Test
    void shouldCutAtSentenceEndsAndLineBreaksOnly() {
        // given
        String text = "Siehe z. B. Tabelle no. 3 und 3.5 mg! Falsch.\nOder? 錯。對";

        // when
        List<String> clauses = Clauses.of(text);

        // then
        assertThat(clauses).containsExactly("Siehe z. B. Tabelle no. 3 und 3.5 mg!", "Falsch.", "Oder?", "錯。", "對");
    }

    @Test
    void shouldCutLongSentencesBetweenWords() {
        // given
        String text = "and the next word ".repeat(30).strip();

        // when
        List<String> clauses = Clauses.of(text);

        // then
        assertThat(clauses).allMatch(clause -> clause.length() <= Clauses.LONGEST);
        assertThat(String.join(" ", clauses)).isEqualTo(text);
    }
}
