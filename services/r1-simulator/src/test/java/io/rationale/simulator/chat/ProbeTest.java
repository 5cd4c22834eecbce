package io.rationale.simulator.chat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProbeTest {
    @Test
    void shouldAnswerWithTheObjectThatIsAskedFor() {
        assertThat(Probe.answer("Reply with {\"ok\":true}."))
                .hasValueSatisfying(thinking -> assertThat(thinking.answer()).isEqualTo("{\"ok\":true}"));
    }

    @Test
    void shouldNotTakeSeveralObjectsForAProbe() {
        assertThat(Probe.answer("Answer like {\"patterns\":[]}\n{\"id\":\"c1\"}\n"))
                .isEmpty();
        assertThat(Probe.answer("no object")).isEmpty();
    }
}
