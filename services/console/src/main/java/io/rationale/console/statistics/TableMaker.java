package io.rationale.console.statistics;

import io.rationale.core.statistics.CategoryTable;
import io.rationale.core.statistics.CategoryTable.Before;
import io.rationale.core.statistics.CategoryTable.Example;
import io.rationale.core.statistics.CategoryTable.Group;
import io.rationale.core.statistics.CategoryTable.Row;
import io.rationale.core.statistics.Share;
import io.rationale.core.statistics.ShareChange;
import io.rationale.core.statistics.WilsonInterval;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Makes the table of one query out of its tally and that of the window before. */
final class TableMaker {
    private final CategoryTree tree;
    private final ExampleSource examples;
    private final TableQuery query;
    private final Tally now;
    private final Optional<TableQuery> queryBefore;
    private final Optional<Tally> before;
    private boolean examplesPending;

    /**
     * @param query       whose bounds are those of buckets
     * @param queryBefore the same of the window before
     * @param before      there when {@code queryBefore} is
     */
    TableMaker(
            CategoryTree tree,
            ExampleSource examples,
            TableQuery query,
            Tally now,
            Optional<TableQuery> queryBefore,
            Optional<Tally> before) {
        this.tree = tree;
        this.examples = examples;
        this.query = query;
        this.now = now;
        this.queryBefore = queryBefore;
        this.before = before;
    }

    CategoryTable table() {
        List<Row> rows = rows();
        long decided = now.decided().notes();
        long undecided = now.undecided().notes();
        return new CategoryTable(
                tree.ref(),
                tree.title(),
                query.code(),
                query.from().orElse(null),
                query.to().orElse(null),
                List.copyOf(query.sources().isEmpty() ? now.sources() : new TreeSet<>(query.sources())),
                rows,
                decided,
                undecided,
                now.usage(),
                now.decided().models(),
                Share.of(undecided, decided + undecided),
                now.unjudged(),
                decided == 0 ? null : now.decided().agreement() / decided,
                groups(),
                queryBefore
                        .flatMap(earlier -> before.map(tally -> new Before(
                                earlier.from().orElseThrow(),
                                earlier.to().orElseThrow(),
                                tally.decided().notes(),
                                tally.undecided().notes())))
                        .orElse(null),
                examplesPending);
    }

    /** Counts need not wait for the index. */
    private List<Example> examples(String id) {
        try {
            return examples.of(tree.ref(), id, query);
        } catch (StoresUnavailableException e) {
            examplesPending = true;
            return List.of();
        }
    }

    private List<Row> rows() {
        Map<String, Sums> earlier = before.map(Tally::categories).orElse(Map.of());
        return tree.sorted(now.categories().keySet()).stream()
                .filter(id -> now.categories().get(id).notes() > 0)
                .map(id -> row(id, now.categories().get(id), earlier.get(id)))
                .sorted(Comparator.comparingLong(Row::count).reversed())
                .toList();
    }

    private Row row(String id, Sums sums, Sums earlier) {
        return new Row(
                id,
                tree.name(id),
                tree.parent(id),
                tree.colour(id),
                sums.notes(),
                share(sums),
                interval(sums),
                sums.agreement() / sums.notes(),
                examples(id),
                Exact.whole(sums.usage()),
                change(sums, earlier));
    }

    private List<Group> groups() {
        Map<String, Sums> groups = tree.groups(now.categories());
        Map<String, Sums> earlier =
                before.map(tally -> tree.groups(tally.categories())).orElse(new HashMap<>());
        return tree.sorted(groups.keySet()).stream()
                .filter(id -> groups.get(id).notes() > 0)
                .map(id -> group(id, groups.get(id), earlier.get(id)))
                .sorted(Comparator.comparingLong(Group::count).reversed())
                .toList();
    }

    private Group group(String id, Sums sums, Sums earlier) {
        return new Group(
                id,
                tree.name(id),
                tree.parent(id),
                tree.colour(id),
                sums.notes(),
                share(sums),
                interval(sums),
                sums.agreement() / sums.notes(),
                Exact.whole(sums.usage()),
                change(sums, earlier));
    }

    private double share(Sums sums) {
        return (double) sums.notes() / now.decided().notes();
    }

    private WilsonInterval interval(Sums sums) {
        return WilsonInterval.of(sums.notes(), now.decided().notes());
    }

    private ShareChange change(Sums sums, Sums earlier) {
        long decidedBefore = before.map(tally -> tally.decided().notes()).orElse(0L);
        return decidedBefore <= 0
                ? null
                : ShareChange.of(
                        sums.notes(), now.decided().notes(), earlier == null ? 0 : earlier.notes(), decidedBefore);
    }
}
