package io.rationale.console.statistics;

import io.rationale.console.taxonomies.KnownTaxonomies;
import io.rationale.core.statistics.CategorySeries;
import io.rationale.core.statistics.CategoryTable;
import io.rationale.core.statistics.CrossTable;
import io.rationale.core.statistics.Span;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Makes tables from the counts of the {@link StatisticsView}. Thread safe. */
public final class CategoryTables {
    private final StatisticsView view;
    private final ExampleSource examples;
    private final KnownTaxonomies taxonomies;
    private final Set<String> dimensions;
    private final Duration retention;

    /**
     * @param dimensions note labels that are counted
     * @param retention  for how long counts have a time
     */
    public CategoryTables(
            StatisticsView view,
            ExampleSource examples,
            KnownTaxonomies taxonomies,
            Set<String> dimensions,
            Duration retention) {
        this.view = view;
        this.examples = examples;
        this.taxonomies = taxonomies;
        this.dimensions = new TreeSet<>(dimensions);
        this.retention = retention;
    }

    /**
     * A version that notes were judged under, or that is defined.
     *
     * @param taxonomy  its name
     * @param title     for people, or null
     * @param active    whether notes are judged under it now
     * @param known     whether its definition is known: else categories go by their ids
     * @param status    where it stands in its life, or null when it is not known
     * @param activation who made it the active one, and when; or null
     * @param decided   notes with a label
     * @param undecided notes that R1 could not decide
     * @param unjudged  notes that are known and not yet judged under it
     */
    public record Version(
            TaxonomyRef taxonomy,
            String title,
            boolean active,
            boolean known,
            Taxonomy.Status status,
            Taxonomy.Activation activation,
            long decided,
            long undecided,
            long unjudged) {}

    /** The active version, whose labels are counted unless a query says otherwise. */
    public Taxonomy taxonomy() {
        return taxonomies.active();
    }

    /** Every source that has notes under the active version, sorted. */
    public List<String> sources() {
        Set<String> sources = new TreeSet<>();
        view.ask(index -> {
            index.total(taxonomy().ref(), null, (cell, sums) -> sources.add(cell.source()));
            return sources;
        });
        return List.copyOf(sources);
    }

    /** Every version that has notes or a definition: the active one first, then by name, the newest first. */
    public List<Version> versions() {
        return view.ask(index -> {
            Set<TaxonomyRef> refs = new TreeSet<>(Comparator.comparing(
                            (TaxonomyRef ref) -> !ref.equals(taxonomy().ref()))
                    .thenComparing(TaxonomyRef::id)
                    .thenComparing(Comparator.comparingInt(TaxonomyRef::version).reversed()));
            refs.addAll(index.taxonomies());
            taxonomies.all().values().forEach(taxonomy -> refs.add(taxonomy.ref()));
            return refs.stream().map(ref -> version(index, ref)).toList();
        });
    }

    private Version version(CountIndex index, TaxonomyRef ref) {
        Optional<Taxonomy> definition = taxonomies.find(ref);
        Tally tally = Tally.of(index, ref, TableQuery.all(java.time.Instant.EPOCH));
        return new Version(
                ref,
                definition.map(Taxonomy::title).orElse(null),
                ref.equals(taxonomy().ref()),
                definition.isPresent(),
                definition.map(Taxonomy::status).orElse(null),
                definition.map(Taxonomy::activation).orElse(null),
                tally.decided().notes(),
                tally.undecided().notes(),
                tally.unjudged());
    }

    /**
     * The table of the notes that the query asks for. Bounds within a bucket are widened to the whole of it: the table
     * says what was counted.
     *
     * @throws QueryRefusedException when there are no counts for the query's range
     */
    public CategoryTable table(TableQuery query) {
        CategoryTree tree = tree(query);
        TableQuery counted = counted(query);
        Optional<TableQuery> earlier = counted.before().flatMap(this::countedWhole);
        List<Tally> tallies = view.ask(index -> {
            List<Tally> both = new ArrayList<>();
            both.add(Tally.of(index, tree.ref(), counted));
            earlier.ifPresent(before -> both.add(Tally.of(index, tree.ref(), before)));
            return both;
        });
        Optional<Tally> before = tallies.size() == 2 ? Optional.of(tallies.get(1)) : Optional.empty();
        return new TableMaker(tree, examples, counted, tallies.getFirst(), earlier, before).table();
    }

    /** Only the counts, which is cheap. @throws QueryRefusedException as {@link #table} does */
    public Tallies tallies(TableQuery query) {
        CategoryTree tree = tree(query);
        TableQuery counted = counted(query);
        Tally tally = view.ask(index -> Tally.of(index, tree.ref(), counted));
        Map<String, Sums> all = new HashMap<>(tally.categories());
        all.putAll(tree.groups(tally.categories()));
        Map<String, Long> counts = new HashMap<>();
        all.forEach((id, sums) -> {
            if (sums.notes() != 0) {
                counts.put(id, sums.notes());
            }
        });
        return new Tallies(
                tree.ref(), tally.decided().notes(), tally.undecided().notes(), tally.unjudged(), counts);
    }

    /**
     * Counts over time.
     *
     * @param step how much time a point holds at least
     * @throws QueryRefusedException when there are no counts for the query's range, or too many points
     */
    public CategorySeries series(TableQuery query, Step step) {
        TaxonomyRef ref = refOf(query);
        TableQuery counted = counted(query);
        Horizon horizon = Horizon.at(query.now(), retention);
        Span finest = counted.from()
                .map(from -> horizon.place(Bucket.minuteOf(from)).span())
                .orElse(Span.MINUTE);
        List<CategorySeries.Activation> activations = activations();
        return view.ask(index -> new SeriesMaker(ref, counted, activations).of(index, step, finest));
    }

    private List<CategorySeries.Activation> activations() {
        return taxonomies.all().values().stream()
                .filter(version -> version.activation() != null)
                .map(version -> new CategorySeries.Activation(
                        version.ref(),
                        version.activation().at(),
                        version.activation().by()))
                .sorted(Comparator.comparing(CategorySeries.Activation::at))
                .toList();
    }

    /**
     * Categories by the values of a dimension.
     *
     * @param dimension {@code source}, or a note label that the configuration names
     * @throws QueryRefusedException when there are no counts for the dimension or the query's range
     */
    public CrossTable cross(TableQuery query, String dimension) {
        if (!dimension.equals(StatisticsTopology.Settings.SOURCE) && !dimensions.contains(dimension)) {
            throw new QueryRefusedException("Nothing is counted by that dimension: ask for "
                    + String.join(", ", dimensionsOffered()) + ", or name it in rationale.statistics.dimensions.");
        }
        CategoryTree tree = tree(query);
        TableQuery counted = counted(query);
        return view.ask(index -> new CrossMaker(tree, dimension, counted).of(index));
    }

    private List<String> dimensionsOffered() {
        List<String> offered = new ArrayList<>(List.of(StatisticsTopology.Settings.SOURCE));
        offered.addAll(dimensions);
        return offered;
    }

    private TaxonomyRef refOf(TableQuery query) {
        return query.taxonomy() == null ? taxonomy().ref() : query.taxonomy();
    }

    private CategoryTree tree(TableQuery query) {
        TaxonomyRef ref = refOf(query);
        return new CategoryTree(ref, taxonomies.find(ref));
    }

    /**
     * The query with bounds that are those of buckets: notes of that age are counted in hours or days. What has no time
     * any more is left out where there is a start.
     *
     * @throws QueryRefusedException when nothing of that range has a time any more
     */
    public TableQuery counted(TableQuery query) {
        Horizon horizon = Horizon.at(query.now(), retention);
        if (query.to()
                .map(Bucket::minuteOf)
                .filter(end -> end <= horizon.days())
                .isPresent()) {
            throw new QueryRefusedException("Counts have a time from " + Bucket.instantOf(horizon.days())
                    + " on: let the range end later, or leave from and to out to count everything.");
        }
        return view.ask(index -> query.between(
                query.from()
                        .map(Bucket::minuteOf)
                        .map(from -> Math.max(from, horizon.days()))
                        .map(from -> index.floor(horizon.place(from).start()))
                        .map(Bucket::instantOf)
                        .orElse(null),
                query.to()
                        .map(Bucket::minuteOf)
                        .map(to -> index.ceiling(end(horizon.place(to - 1))))
                        .map(Bucket::instantOf)
                        .orElse(null)));
    }

    private static long end(Bucket bucket) {
        return bucket.start() + bucket.span().minutes();
    }

    /** The same, but nothing when a part of the range has no time any more. */
    private Optional<TableQuery> countedWhole(TableQuery query) {
        long days = Horizon.at(query.now(), retention).days();
        boolean whole =
                query.from().map(Bucket::minuteOf).filter(from -> from >= days).isPresent();
        return whole ? Optional.of(counted(query)) : Optional.empty();
    }
}
