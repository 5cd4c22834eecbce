package io.rationale.console.alerts;

import io.rationale.console.search.NoteQuery;
import io.rationale.console.search.NoteSearch;
import io.rationale.console.search.NoteSnapshot;
import io.rationale.console.statistics.CategoryTables;
import io.rationale.console.statistics.StatisticsView;
import io.rationale.console.statistics.StoresUnavailableException;
import io.rationale.console.statistics.TableQuery;
import io.rationale.console.statistics.Tallies;
import io.rationale.console.status.Classifiers;
import io.rationale.core.taxonomy.Category;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What this replica has counted, and what the classifiers say. Counts are in whole minutes, so they are summed anew only
 * when one has passed or a count has changed. Thread safe.
 */
final class TableObservations implements Observations {
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(2);

    private final CategoryTables tables;
    private final StatisticsView view;
    private final Classifiers classifiers;
    private final NoteSearch notes;
    private final Map<TableQuery, Counts> summed = new HashMap<>();
    private final Map<AgreementQuery, Agreement> agreements = new HashMap<>();
    private long revision = -1;
    private Instant minute = Instant.MIN;

    TableObservations(CategoryTables tables, StatisticsView view, Classifiers classifiers, NoteSearch notes) {
        this.tables = tables;
        this.view = view;
        this.classifiers = classifiers;
        this.notes = notes;
    }

    private record AgreementQuery(
            TaxonomyRef taxonomy, Instant to, Duration window, Set<String> sources, double atMost) {}

    @Override
    public boolean isComplete() {
        return view.loaded();
    }

    @Override
    public TaxonomyRef taxonomy() {
        return tables.taxonomy().ref();
    }

    @Override
    public String nameOf(String category) {
        return tables.taxonomy().category(category).map(Category::name).orElse(category);
    }

    @Override
    public synchronized Counts counts(Instant to, Duration window, Set<String> sources) {
        Instant end = to.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
        long seen = view.revision();
        if (seen != revision || end.isAfter(minute)) {
            summed.clear();
            revision = seen;
            minute = end.isAfter(minute) ? end : minute;
        }
        TableQuery query = TableQuery.range(end.minus(window), end, sources, minute);
        return summed.computeIfAbsent(query, this::sum);
    }

    private Counts sum(TableQuery query) {
        Tallies tallies = tables.tallies(query);
        return new Counts(tallies.decided(), tallies.undecided(), tallies.unjudged(), tallies.categories());
    }

    /** Counted once a minute: it is a search, and dearer than a sum. */
    @Override
    public synchronized Optional<Agreement> agreement(Instant to, Duration window, Set<String> sources, double atMost) {
        Instant end = to.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
        Instant forgotten = end.minus(FORGOTTEN_AFTER).minus(window);
        agreements
                .keySet()
                .removeIf(each -> each.window().equals(window) && each.to().isBefore(forgotten));
        AgreementQuery query = new AgreementQuery(taxonomy(), end, window, sources, atMost);
        try {
            return Optional.of(agreements.computeIfAbsent(query, this::counted));
        } catch (StoresUnavailableException e) {
            return Optional.empty();
        }
    }

    private Agreement counted(AgreementQuery query) {
        NoteQuery all = NoteQuery.all(query.taxonomy())
                .of(query.sources(), new NoteQuery.Period(null, query.to().minus(query.window()), query.to()));
        NoteQuery low = all.within(new NoteQuery.Range(0, query.atMost()));
        return notes.read(snapshot -> new Agreement(decided(snapshot, all), decided(snapshot, low)));
    }

    private static long decided(NoteSnapshot snapshot, NoteQuery asked) {
        return snapshot.count(asked) - snapshot.count(asked.of(Set.of(NoteQuery.UNDECIDED)));
    }

    @Override
    public Optional<Classifiers.Outage> outage(Instant now) {
        return classifiers.outage(now);
    }
}
