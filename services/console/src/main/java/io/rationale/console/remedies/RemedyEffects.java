package io.rationale.console.remedies;

import io.rationale.console.search.NewestLabels;
import io.rationale.console.search.NoteQuery;
import io.rationale.console.search.NoteSearch;
import io.rationale.console.search.NoteSnapshot;
import io.rationale.console.taxonomies.KnownTaxonomies;
import io.rationale.core.remedy.Remedy;
import io.rationale.core.remedy.RemedyEffect;
import io.rationale.core.remedy.RemedyEffect.Period;
import io.rationale.core.taxonomy.Crosswalk;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.taxonomy.TaxonomyRef;
import io.rationale.core.taxonomy.TaxonomyVersions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Counts what came of remedies, from the index. A note counts once, under the version activated last among those that it
 * has a label under, and under each version the labels count that the crosswalk leads to: so a remedy goes on through a
 * taxonomy change, and notes that were reclassified count anew on both sides. Thread safe.
 */
final class RemedyEffects {
    /** Longest windows, in days. */
    static final int MOST_DAYS = 30;

    private final NoteSearch notes;
    private final KnownTaxonomies taxonomies;

    RemedyEffects(NoteSearch notes, KnownTaxonomies taxonomies) {
        this.notes = notes;
        this.taxonomies = taxonomies;
    }

    /** @throws io.rationale.console.statistics.StoresUnavailableException while notes cannot be counted yet */
    void checkLoaded() {
        notes.read(snapshot -> null);
    }

    /**
     * These remedies with their effects, from one snapshot of the notes.
     *
     * @param days longest windows
     */
    List<RemedyAnswer> of(List<Remedy> remedies, int days, Instant now) {
        TaxonomyVersions versions = taxonomies.versions();
        return notes.read(snapshot -> remedies.stream()
                .map(remedy -> of(remedy, days, now, versions, snapshot))
                .toList());
    }

    private static RemedyAnswer of(
            Remedy remedy, int days, Instant now, TaxonomyVersions versions, NoteSnapshot snapshot) {
        Map<TaxonomyRef, Set<String>> labels = labels(remedy, versions);
        Windows windows = Windows.of(remedy, days, now);
        Set<String> sources = Set.copyOf(remedy.sources());
        RemedyEffect effect = effect(snapshot, labels, windows, sources, Set.of());
        RemedyEffect elsewhere = sources.isEmpty() ? null : effect(snapshot, labels, windows, Set.of(), sources);
        List<String> current = List.copyOf(labels.getOrDefault(versions.active().ref(), Set.of()));
        return RemedyAnswer.of(remedy, current, effect, elsewhere);
    }

    /** Both of the same length: as long as it has been there. */
    private record Windows(Instant start, Instant deployed, Instant end) {
        static Windows of(Remedy remedy, int days, Instant now) {
            Instant last =
                    remedy.withdrawal() == null ? now : remedy.withdrawal().at();
            Instant deployed = remedy.deployedAt().truncatedTo(ChronoUnit.MILLIS);
            Duration length = Duration.ofMillis(Duration.between(deployed, last).toMillis());
            Duration most = Duration.ofDays(days);
            Duration used = length.isNegative() ? Duration.ZERO : length.compareTo(most) > 0 ? most : length;
            return new Windows(deployed.minus(used), deployed, deployed.plus(used));
        }
    }

    private static RemedyEffect effect(
            NoteSnapshot snapshot,
            Map<TaxonomyRef, Set<String>> labels,
            Windows windows,
            Set<String> sources,
            Set<String> excluded) {
        return RemedyEffect.between(
                period(snapshot, labels, windows.start(), windows.deployed(), sources, excluded),
                period(snapshot, labels, windows.deployed(), windows.end(), sources, excluded));
    }

    private static Period period(
            NoteSnapshot snapshot,
            Map<TaxonomyRef, Set<String>> labels,
            Instant from,
            Instant to,
            Set<String> sources,
            Set<String> excluded) {
        if (labels.isEmpty() || !from.isBefore(to)) {
            return Period.of(from, to, 0, Map.of());
        }
        NewestLabels counted = snapshot.newestLabels(labels, sources, excluded, new NoteQuery.Period(null, from, to));
        return Period.of(from, to, counted.count(), counted.decided());
    }

    /** The labels meant under each version that has any, the version activated last first. */
    private static Map<TaxonomyRef, Set<String>> labels(Remedy remedy, TaxonomyVersions versions) {
        Optional<Taxonomy> defined = versions.find(remedy.taxonomy());
        if (defined.isEmpty()) {
            return Map.of(remedy.taxonomy(), Set.of(remedy.category()));
        }
        Set<String> own = Crosswalk.labelsOf(defined.get(), remedy.category());
        Map<TaxonomyRef, Set<String>> labels = new LinkedHashMap<>();
        versions.all().values().stream()
                .filter(version -> version.status() != Taxonomy.Status.PROPOSED)
                .sorted(LATEST_FIRST)
                .forEach(version -> {
                    Set<String> meant = Crosswalk.between(defined.get(), version, versions::find)
                            .successorsOf(own);
                    if (!meant.isEmpty()) {
                        labels.put(version.ref(), meant);
                    }
                });
        labels.putIfAbsent(remedy.taxonomy(), own);
        return labels;
    }

    private static final Comparator<Taxonomy> LATEST_FIRST = Comparator.comparing(
                    (Taxonomy version) -> version.status() != Taxonomy.Status.ACTIVE)
            .thenComparing(
                    version -> version.activation() == null
                            ? Instant.MIN
                            : version.activation().at(),
                    Comparator.reverseOrder())
            .thenComparing(Taxonomy::id)
            .thenComparing(Taxonomy::version, Comparator.reverseOrder());
}
