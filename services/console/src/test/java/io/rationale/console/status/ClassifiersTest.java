package io.rationale.console.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.core.status.ClassifierStatus;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClassifiersTest {
    private static final Instant NOW = Instant.parse("2026-10-12T08:00:00Z");

    private static ClassifierStatus status(String instance, int secondsAgo, Integer outageSecondsAgo) {
        ClassifierStatus.Outage outage = outageSecondsAgo == null
                ? null
                : new ClassifierStatus.Outage(NOW.minusSeconds(outageSecondsAgo), instance + " is refused");
        return new ClassifierStatus(
                1,
                instance,
                NOW.minusSeconds(secondsAgo),
                NOW.minusSeconds(3600),
                "1",
                new TaxonomyRef("t", 1),
                outage,
                List.of(),
                0,
                0,
                0,
                null,
                null,
                null);
    }

    private static Optional<Classifiers.Outage> outage(ClassifierStatus... statuses) {
        return new Classifiers(() -> Arrays.asList(statuses)).outage(NOW);
    }

    @Test
    void shouldKnowNothingWithoutClassifiers() {
        assertThat(outage()).isEmpty();
    }

    @Test
    void shouldSeeNoOutageWhileOneClassifierHasAnEndpoint() {
        assertThat(outage(status("a", 2, 600), status("b", 2, null))).isEmpty();
    }

    @Test
    void shouldTellTheLastOneToLoseR1() {
        assertThat(outage(status("a", 2, 600), status("b", 2, 400)))
                .contains(new Classifiers.Outage(NOW.minusSeconds(400), "b is refused"));
    }

    @Test
    void shouldNotBelieveWhatASilentClassifierSaidLong() {
        assertThat(outage(status("a", 2, 600), status("gone", 31, null)))
                .contains(new Classifiers.Outage(NOW.minusSeconds(600), "a is refused"));
    }

    @Test
    void shouldTakeSilenceOfAllForAnOutage() {
        assertThat(outage(status("a", 400, null), status("b", 350, null)))
                .contains(new Classifiers.Outage(NOW.minusSeconds(350), "no classifier has reported since."));
    }
}
