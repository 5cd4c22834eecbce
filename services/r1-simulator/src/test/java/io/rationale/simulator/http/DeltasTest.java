package io.rationale.simulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.simulator.chat.Completion;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeltasTest {

    @Test
    void shouldCutIntoPiecesThatNeverSplitACharacter() {
        // given
        Completion completion = new Completion("abc😂de", "\n\n{}", "stop", 1, 2, 1, 0);
        Deltas deltas = new Deltas(completion, 1);

        // when
        List<String> pieces = new ArrayList<>();
        List<Integer> tokens = new ArrayList<>();
        while (deltas.hasNext()) {
            tokens.add(deltas.tokensWithNext());
            var delta = deltas.next();
            pieces.add(delta.path("reasoning").asText() + "|"
                    + delta.path("content").asText());
        }

        // then
        assertThat(pieces).containsExactly("abc|", "😂de|", "|\n\n{}");
        assertThat(tokens).containsExactly(1, 2, 3);
    }
}
