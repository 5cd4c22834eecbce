package io.rationale.console.reclassification;

import io.rationale.console.search.NoteQuery;
import io.rationale.console.search.NoteSearch;
import io.rationale.console.search.NoteSelection;
import io.rationale.console.search.NoteSnapshot;
import io.rationale.console.search.SpentSums;
import io.rationale.console.status.Classifiers;
import io.rationale.console.taxonomies.KnownTaxonomies;
import io.rationale.core.prompt.PromptBuilder;
import io.rationale.core.prompt.PromptRoom;
import io.rationale.core.prompt.TaxonomyLevels;
import io.rationale.core.reclassification.ReclassificationEstimate;
import io.rationale.core.reclassification.ReclassificationEstimator;
import io.rationale.core.reclassification.ReclassificationEstimator.Batches;
import io.rationale.core.reclassification.ReclassificationEstimator.Instructions;
import io.rationale.core.reclassification.ReclassificationEstimator.Prices;
import io.rationale.core.reclassification.ReclassificationEstimator.Wanted;
import io.rationale.core.reclassification.ReclassificationSelection;
import io.rationale.core.status.ClassifierStatus;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tells what judging notes again will take, from what the index and the classifiers say. Thread safe. */
final class Estimates {
    /** Notes of the selection that must have been judged under a version for it to be told from. */
    private static final int ENOUGH = 10;
    /** As classifiers have them unless they say something else. */
    private static final Batches USUAL = new Batches(8, 12_000);

    private final NoteSearch notes;
    private final KnownTaxonomies taxonomies;
    private final Classifiers classifiers;
    private final PromptRoom room;
    private final Optional<Prices> prices;
    private final InstantSource clock;

    Estimates(
            NoteSearch notes,
            KnownTaxonomies taxonomies,
            Classifiers classifiers,
            PromptRoom room,
            Optional<Prices> prices,
            InstantSource clock) {
        this.notes = notes;
        this.taxonomies = taxonomies;
        this.classifiers = classifiers;
        this.room = room;
        this.prices = prices;
        this.clock = clock;
    }

    /** What was spent before, and under which version. */
    private record Basis(TaxonomyRef version, SpentSums sums) {}

    ReclassificationEstimate of(ReclassificationSelection asked) {
        List<ClassifierStatus> alive = alive();
        NoteSelection selection = Selections.of(asked, taxonomies.find(asked.from()));
        return notes.read(snapshot -> {
            long selected = snapshot.count(selection);
            long all = snapshot.count(selection.judgedOrNot());
            Basis basis = basis(snapshot, selection);
            return ReclassificationEstimator.estimate(
                    new Wanted(
                            selected,
                            all - selected,
                            snapshot.contents(selection),
                            snapshot.spent(selection, selection.from()).tokens()),
                    basis.sums().byBatch(),
                    instructions(basis.version()),
                    instructions(selection.target()),
                    batches(alive),
                    rate(alive),
                    prices);
        });
    }

    /** The selected notes themselves, as far as they were judged; else the notes that were judged at all. */
    private Basis basis(NoteSnapshot snapshot, NoteSelection selection) {
        Set<TaxonomyRef> versions = new LinkedHashSet<>();
        versions.add(selection.from());
        versions.add(selection.target());
        versions.add(taxonomies.active().ref());
        taxonomies.all().values().forEach(each -> versions.add(each.ref()));
        NoteSelection everything = new NoteSelection(
                selection.target(), selection.from(), Set.of(), Set.of(), NoteQuery.Period.ALL, true, true);
        Basis best = null;
        for (NoteSelection among : List.of(selection, everything)) {
            for (TaxonomyRef version : versions) {
                Basis basis = new Basis(version, snapshot.spent(among, version));
                if (basis.sums().asked() >= ENOUGH) {
                    return basis;
                }
                best = best == null || basis.sums().asked() > best.sums().asked() ? basis : best;
            }
        }
        return best;
    }

    private Instructions instructions(TaxonomyRef ref) {
        Taxonomy taxonomy = taxonomies.find(ref).orElseGet(taxonomies::active);
        TaxonomyLevels levels = TaxonomyLevels.of(taxonomy, room);
        double top = new PromptBuilder(levels.top()).prefixTokens();
        if (levels.groups().isEmpty()) {
            return new Instructions(top, 1);
        }
        double depth = taxonomy.leaves().stream()
                .mapToInt(leaf -> depth(taxonomy, leaf.parent()))
                .average()
                .orElse(1);
        double below = levels.groups().values().stream()
                .mapToInt(group -> new PromptBuilder(group).prefixTokens())
                .average()
                .orElse(0);
        return new Instructions((top + (depth - 1) * below) / depth, depth);
    }

    private static int depth(Taxonomy taxonomy, String parent) {
        int depth = 1;
        for (String at = parent; at != null; depth++) {
            at = taxonomy.category(at).map(group -> group.parent()).orElse(null);
        }
        return depth;
    }

    private List<ClassifierStatus> alive() {
        Instant now = clock.instant();
        return classifiers.all().stream()
                .filter(status -> Classifiers.isAlive(status, now))
                .toList();
    }

    private static Batches batches(List<ClassifierStatus> alive) {
        return alive.stream()
                .map(ClassifierStatus::batch)
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .map(batch -> new Batches(batch.maxNotes(), batch.maxTokens()))
                .orElse(USUAL);
    }

    /** With every slot in use, as fast as calls were lately. */
    private static Optional<Double> rate(List<ClassifierStatus> alive) {
        double rate = alive.stream()
                .flatMap(status -> status.endpoints().stream())
                .filter(endpoint ->
                        endpoint.state() == ClassifierStatus.State.UP && endpoint.callTokensPerSecond() != null)
                .mapToDouble(endpoint -> endpoint.limit() * endpoint.callTokensPerSecond())
                .sum();
        return rate > 0 ? Optional.of(rate) : Optional.empty();
    }
}
