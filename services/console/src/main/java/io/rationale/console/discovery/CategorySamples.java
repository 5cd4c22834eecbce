package io.rationale.console.discovery;

import com.fasterxml.jackson.annotation.JsonValue;
import io.rationale.console.search.NoteOrder;
import io.rationale.console.search.NoteQuery;
import io.rationale.console.search.NoteSearch;
import io.rationale.console.search.NoteSnapshot;
import io.rationale.console.taxonomies.TaxonomyService;
import io.rationale.core.discovery.DiscoveryResult;
import io.rationale.core.taxonomy.Category;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.taxonomy.TaxonomyDiff;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Notes that show what the categories of a version mean: those judged under it; where there are none, those whose label
 * under the active version has become the category; else what the discovery found that proposed the version; else the
 * category's own quotes. Thread safe.
 */
final class CategorySamples {
    private final NoteSearch notes;
    private final TaxonomyService taxonomies;
    private final DiscoveryService discoveries;

    CategorySamples(NoteSearch notes, TaxonomyService taxonomies, DiscoveryService discoveries) {
        this.notes = notes;
        this.taxonomies = taxonomies;
        this.discoveries = discoveries;
    }

    /** Where a sample comes from. */
    enum Origin {
        JUDGED,
        BEFORE,
        DISCOVERY,
        EXAMPLE;

        @JsonValue
        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One sample.
     *
     * @param noteId  null for a quote of the category itself
     * @param excerpt the note's beginning, or the quote
     * @param quote   what decided, or null
     * @param under   the version that the note was judged under, or null
     */
    record Sample(String noteId, String excerpt, String quote, Origin origin, String under) {}

    /** Samples of a category. */
    record Sampled(String category, List<Sample> samples) {}

    /** All of them, in the version's order. */
    record Samples(List<Sampled> categories) {}

    /** @param limit samples of a category at most */
    Samples of(TaxonomyRef ref, int limit) {
        Search search = new Search(taxonomies.find(ref), taxonomies.active(), limit);
        return notes.read(search::samples);
    }

    private final class Search {
        private final Taxonomy taxonomy;
        private final TaxonomyRef active;
        private final int limit;
        private final Map<String, Set<String>> before;
        private final Optional<DiscoveryResult> found;

        Search(Taxonomy taxonomy, Taxonomy active, int limit) {
            this.taxonomy = taxonomy;
            this.active = active.ref();
            this.limit = limit;
            this.before = taxonomy.ref().equals(active.ref())
                    ? Map.of()
                    : TaxonomyDiff.between(active, taxonomy).crosswalk().entrySet().stream()
                            .collect(Collectors.groupingBy(
                                    Map.Entry::getValue, Collectors.mapping(Map.Entry::getKey, Collectors.toSet())));
            this.found = Optional.ofNullable(taxonomy.discovery()).flatMap(discoveries::result);
        }

        Samples samples(NoteSnapshot snapshot) {
            return new Samples(taxonomy.categories().stream()
                    .map(each -> new Sampled(each.id(), samples(snapshot, each)))
                    .toList());
        }

        private List<Sample> samples(NoteSnapshot snapshot, Category category) {
            List<Sample> judged = judged(snapshot, taxonomy.ref(), labels(category.id()), Origin.JUDGED);
            if (!judged.isEmpty()) {
                return judged;
            }
            Set<String> old = before.getOrDefault(category.id(), Set.of());
            List<Sample> earlier = old.isEmpty() ? List.of() : judged(snapshot, active, old, Origin.BEFORE);
            if (!earlier.isEmpty()) {
                return earlier;
            }
            List<Sample> discovered = discovered(category.id());
            return discovered.isEmpty() ? own(category) : discovered;
        }

        /** A group's notes are those of the labels below it. */
        private Set<String> labels(String category) {
            Set<String> labels = new LinkedHashSet<>(Set.of(category));
            taxonomy.leaves().stream()
                    .map(Category::id)
                    .filter(id -> taxonomy.isBelow(id, category))
                    .forEach(labels::add);
            return labels;
        }

        private List<Sample> judged(NoteSnapshot snapshot, TaxonomyRef under, Set<String> labels, Origin origin) {
            NoteQuery query = NoteQuery.all(under).of(labels);
            return snapshot.page(query, NoteOrder.AGREEMENT, limit, null).notes().stream()
                    .map(note -> new Sample(note.noteId(), note.excerpt(), note.quote(), origin, under.toString()))
                    .toList();
        }

        private List<Sample> discovered(String category) {
            return found.flatMap(result -> result.known(category)).stream()
                    .flatMap(finding -> finding.examples().stream())
                    .limit(limit)
                    .map(each -> new Sample(each.noteId(), each.quote(), each.quote(), Origin.DISCOVERY, null))
                    .toList();
        }

        private List<Sample> own(Category category) {
            return category.examples().stream()
                    .limit(limit)
                    .map(quote -> new Sample(null, quote, quote, Origin.EXAMPLE, null))
                    .toList();
        }
    }
}
