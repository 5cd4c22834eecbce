package io.rationale.simulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.simulator.profile.Spoken;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeltasTest {
    private final List<String> pieces = new ArrayList<>();
    private final List<Integer> tokens = new ArrayList<>();

    @Test
    void shouldCutIntoPiecesThatNeverSplitACharacter() {
        // given
        Deltas deltas = new Deltas(new Spoken("abc😂de", "\n\n{}"), 1, false);

        // when
        read(deltas);

        // then
        assertThat(pieces).containsExactly("abc|", "😂de|", "|\n\n{}");
        assertThat(tokens).containsExactly(1, 2, 3);
    }

    @Test
    void shouldJoinTheEndOfTheThoughtAndTheBeginningOfTheContentWhereTheServerDoes() {
        // given
        Deltas deltas = new Deltas(new Spoken("abcdef", "123456"), 1, true);

        // when
        read(deltas);

        // then
        assertThat(pieces).containsExactly("abcd|", "ef|12", "|3456");
    }

    private void read(Deltas deltas) {
        while (deltas.hasNext()) {
            tokens.add(deltas.tokensWithNext());
            Spoken piece = deltas.next();
            pieces.add(piece.thought() + "|" + piece.content());
        }
    }
}
