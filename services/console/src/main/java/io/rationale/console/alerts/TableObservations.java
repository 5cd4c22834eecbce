package io.rationale.console.alerts;

import io.rationale.console.statistics.CategoryTables;
import io.rationale.console.statistics.StatisticsView;
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
    private final CategoryTables tables;
    private final StatisticsView view;
    private final Classifiers classifiers;
    private final Map<TableQuery, Counts> summed = new HashMap<>();
    private long revision = -1;
    private Instant minute = Instant.MIN;

    TableObservations(CategoryTables tables, StatisticsView view, Classifiers classifiers) {
        this.tables = tables;
        this.view = view;
        this.classifiers = classifiers;
    }

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
        return new Counts(tallies.decided(), tallies.undecided(), tallies.categories());
    }

    @Override
    public Optional<Classifiers.Outage> outage(Instant now) {
        return classifiers.outage(now);
    }
}
