package io.rationale.local.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.core.discovery.DiscoveryEvent;
import io.rationale.core.discovery.DiscoveryEvent.State;
import io.rationale.core.discovery.DiscoverySettings;
import io.rationale.core.discovery.NoteSample;
import io.rationale.core.note.Note;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunIdTest {
    private static final NoteSample SAMPLE = NoteSample.of(List.of(Note.of("n", "test", "Late.")));
    private static final DiscoverySettings SETTINGS = DiscoverySettings.DEFAULT;

    private final String id = RunId.of(SAMPLE, SETTINGS, List.of(), Map.of());

    @Test
    void shouldBeTheSameForTheSameCommandOnly() {
        assertThat(RunId.of(SAMPLE, SETTINGS, List.of(), Map.of())).isEqualTo(id);
        assertThat(RunId.of(SAMPLE, SETTINGS.withSeed(2), List.of(), Map.of())).isNotEqualTo(id);
        assertThat(RunId.of(SAMPLE, SETTINGS, List.of("http://r1/v1"), Map.of()))
                .isNotEqualTo(id);
    }

    @Test
    void shouldTakeUpWhatGoesOnOrIsDone() {
        assertThat(RunId.of(SAMPLE, SETTINGS, List.of(), Map.of(id, event(State.RUNNING))))
                .isEqualTo(id);
        assertThat(RunId.of(SAMPLE, SETTINGS, List.of(), Map.of(id, event(State.DONE))))
                .isEqualTo(id);
    }

    @Test
    void shouldBeginAnewAfterOneThatFailedOrWasCancelled() {
        // given
        Map<String, DiscoveryEvent> latest = Map.of(id, event(State.FAILED), id + "-2", event(State.CANCELLED));

        // when, then
        assertThat(RunId.of(SAMPLE, SETTINGS, List.of(), latest)).isEqualTo(id + "-3");
    }

    private static DiscoveryEvent event(State state) {
        return new DiscoveryEvent(
                1, "x", state, Instant.EPOCH, Instant.EPOCH, "local", null, null, null, null, null, null, null);
    }
}
