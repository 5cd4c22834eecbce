package io.rationale.console.alerts;

import io.rationale.console.status.Classifiers;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a test says is observed, and what was asked. */
final class FakeObservations implements Observations {
    record Asked(Instant to, Duration window, Set<String> sources) {}

    final List<Asked> asked = new ArrayList<>();
    Counts now = new Counts(0, 0, 0, Map.of());
    Counts before = new Counts(0, 0, 0, Map.of());
    Classifiers.Outage outage;
    boolean complete = true;
    boolean indexed = true;
    Agreement agreed = new Agreement(0, 0);
    Agreement agreedBefore = new Agreement(0, 0);
    private Instant first;

    static Counts counts(long decided, long undecided, Map<String, Long> byCategory) {
        return new Counts(decided, undecided, 0, byCategory);
    }

    @Override
    public boolean isComplete() {
        return complete;
    }

    @Override
    public TaxonomyRef taxonomy() {
        return new TaxonomyRef("t", 1);
    }

    @Override
    public String nameOf(String category) {
        return category.toUpperCase(java.util.Locale.ROOT);
    }

    /** The first window that is asked for ends now, any that ends earlier is the one before. */
    @Override
    public Counts counts(Instant to, Duration window, Set<String> sources) {
        asked.add(new Asked(to, window, sources));
        first = first == null || to.isAfter(first) ? to : first;
        return to.isBefore(first) ? before : now;
    }

    @Override
    public Optional<Agreement> agreement(Instant to, Duration window, Set<String> sources, double atMost) {
        asked.add(new Asked(to, window, sources));
        first = first == null || to.isAfter(first) ? to : first;
        return indexed ? Optional.of(to.isBefore(first) ? agreedBefore : agreed) : Optional.empty();
    }

    @Override
    public Optional<Classifiers.Outage> outage(Instant at) {
        return Optional.ofNullable(outage);
    }
}
