package io.rationale.console.statistics;

import io.rationale.core.r1.Usage;
import io.rationale.core.statistics.CategoryCount;
import io.rationale.core.statistics.CategoryTable;
import io.rationale.core.statistics.CategoryTable.Row;
import io.rationale.core.statistics.WilsonInterval;
import io.rationale.core.taxonomy.Category;
import io.rationale.core.taxonomy.Taxonomy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Makes tables from the counts of the {@link StatisticsView}. Thread safe. */
public final class CategoryTables {
    private final StatisticsView view;
    private final ExampleSource examples;
    private final Taxonomy taxonomy;

    /** @param taxonomy the version whose labels are counted */
    public CategoryTables(StatisticsView view, ExampleSource examples, Taxonomy taxonomy) {
        this.view = view;
        this.examples = examples;
        this.taxonomy = taxonomy;
    }

    /** The version whose labels are counted. */
    public Taxonomy taxonomy() {
        return taxonomy;
    }

    /** Every source that has notes under the version, sorted. */
    public List<String> sources() {
        return sourcesOf(view.counts(taxonomy.ref()));
    }

    /**
     * The table of the notes that the query asks for.
     *
     * @throws StoresUnavailableException while the notes with the examples are being restored
     */
    public CategoryTable table(TableQuery query) {
        List<CategoryCount> counted = view.counts(taxonomy.ref()).stream()
                .filter(count -> query.covers(count.source(), count.bucket()))
                .toList();
        Map<String, Tally> tallies = new LinkedHashMap<>();
        taxonomy.categories().forEach(category -> tallies.put(category.id(), new Tally()));
        Tally undecided = new Tally();
        Tally decided = new Tally();
        for (CategoryCount count : counted) {
            Tally label = count.category() == null
                    ? undecided
                    : tallies.computeIfAbsent(count.category(), unknown -> new Tally());
            label.add(count);
            if (count.category() != null) {
                decided.add(count);
            }
        }
        return new CategoryTable(
                taxonomy.ref(),
                taxonomy.title(),
                query.window().code(),
                query.from().orElse(null),
                query.to().orElse(null),
                query.sources().isEmpty() ? sourcesOf(counted) : List.copyOf(new TreeSet<>(query.sources())),
                rows(tallies, decided.notes, query),
                decided.notes,
                undecided.notes,
                Exact.whole(decided.usage.plus(undecided.usage)),
                decided.models);
    }

    private List<Row> rows(Map<String, Tally> tallies, long decided, TableQuery query) {
        List<Row> rows = new ArrayList<>();
        tallies.forEach((category, tally) -> {
            if (tally.notes > 0) {
                rows.add(row(category, tally, decided, query));
            }
        });
        rows.sort(Comparator.comparingLong(Row::count).reversed());
        return rows;
    }

    private Row row(String id, Tally tally, long decided, TableQuery query) {
        Optional<Category> category = taxonomy.category(id);
        return new Row(
                id,
                category.map(Category::name).orElse(id),
                category.map(Category::parent).orElse(null),
                category.map(Category::colour).orElse(null),
                tally.notes,
                (double) tally.notes / decided,
                WilsonInterval.of(tally.notes, decided),
                tally.agreement / tally.notes,
                examples.of(taxonomy.ref(), id, query));
    }

    private static List<String> sourcesOf(Collection<CategoryCount> counts) {
        return List.copyOf(counts.stream().map(CategoryCount::source).collect(Collectors.toCollection(TreeSet::new)));
    }

    /** Sums over buckets and sources. */
    private static final class Tally {
        private long notes;
        private double agreement;
        private Usage usage = Usage.NONE;
        private final Map<String, Long> models = new TreeMap<>();

        void add(CategoryCount count) {
            notes += count.count();
            agreement += count.agreement();
            usage = usage.plus(count.usage());
            count.models().forEach((model, judged) -> models.merge(model, judged, Long::sum));
        }
    }
}
