package io.rationale.classifier.r1;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.classifier.Fixtures;
import io.rationale.core.r1.ModelOutcome;
import io.rationale.core.r1.ModelReply;
import io.rationale.core.r1.ModelRequest;
import io.rationale.core.r1.Prompt;
import io.rationale.core.r1.ReasoningModel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BalancingModelTest {
    private static final ModelOutcome COMPLETE = new ModelOutcome.Complete("thought", "answer");
    private static final ModelOutcome AWAY = new ModelOutcome.Unreachable("away");

    private final List<String> called = new ArrayList<>();
    private final MovableClock clock = new MovableClock();
    private final Endpoint a = new Endpoint("a");
    private final Endpoint b = new Endpoint("b");
    private final BalancingModel model = new BalancingModel(List.of(a, b), clock);

    @Test
    void shouldCallTheEndpointWithFewestNotesOutstanding() throws Exception {
        // given: while a thinks about eight notes, more calls come in
        a.meanwhile = () -> {
            call(5);
            b.meanwhile = () -> call(1);
            call(2);
        };

        // when
        call(8);

        // then: b has none, then two, and with the third call still fewer than a
        assertThat(called).containsExactly("a", "b", "b", "b");
    }

    @Test
    void shouldComeBackToAnEndpointThatWasUnavailableOnlyByOneCallAfterAWhile() throws Exception {
        // given
        a.outcome = AWAY;
        call(1);
        call(1);
        call(1);
        clock.now = clock.now.plus(Duration.ofSeconds(16));
        a.meanwhile = () -> call(1);

        // when
        call(1);
        a.outcome = COMPLETE;
        call(1);
        clock.now = clock.now.plus(Duration.ofSeconds(16));
        call(1);
        call(1);

        // then
        assertThat(called).containsExactly("a", "b", "b", "a", "b", "b", "a", "a");
    }

    @Test
    void shouldUseAnUnavailableEndpointWhenThereIsNoOther() throws Exception {
        // given
        a.outcome = AWAY;
        b.outcome = AWAY;

        // when
        call(1);
        call(1);
        call(1);

        // then
        assertThat(called).startsWith("a", "b").hasSize(3);
    }

    private void call(int notes) throws InterruptedException {
        model.call(new ModelRequest("id", new Prompt("prompt", ""), notes));
    }

    private interface Meanwhile {
        void run() throws InterruptedException;
    }

    private final class Endpoint implements ReasoningModel {
        private final String name;
        private ModelOutcome outcome = COMPLETE;
        private Meanwhile meanwhile = () -> {};

        Endpoint(String name) {
            this.name = name;
        }

        @Override
        public ModelReply call(ModelRequest request) throws InterruptedException {
            called.add(name);
            Meanwhile now = meanwhile;
            meanwhile = () -> {};
            now.run();
            return Fixtures.reply(outcome);
        }
    }

    private static final class MovableClock extends Clock {
        private Instant now = Fixtures.NOW;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneId.of("UTC");
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
