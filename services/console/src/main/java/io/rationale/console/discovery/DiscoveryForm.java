package io.rationale.console.discovery;

import io.rationale.console.api.JsonBody;
import io.rationale.console.api.ProblemException;
import io.rationale.console.search.NoteQuery;
import io.rationale.console.taxonomies.KnownTaxonomies;
import io.rationale.core.discovery.AskedNotes;
import io.rationale.core.discovery.DiscoverySettings;
import io.rationale.core.statistics.Window;
import io.rationale.core.taxonomy.Category;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What somebody asks for, checked.
 *
 * @param asked      as it is told to everybody
 * @param query      which notes
 * @param judgedOnly whether only notes are meant that were judged under the query's version
 * @param settings   how
 * @param notes      that R1 reads at most
 */
record DiscoveryForm(AskedNotes asked, NoteQuery query, boolean judgedOnly, DiscoverySettings settings, int notes) {
    private static final int MOST_VALUES = 100;
    private static final int LONGEST = 1_000;
    private static final int LONGEST_LANGUAGE = 40;
    private static final int NOTES = 600;
    private static final int MOST_NOTES = 5_000;
    private static final int RUNS = 3;
    private static final int MOST_RUNS = 20;

    /**
     * Reads the body of a request.
     *
     * @param now when a window ends
     * @throws ProblemException 422 that names the field
     */
    static DiscoveryForm read(JsonBody body, KnownTaxonomies taxonomies, Instant now) {
        Taxonomy taxonomy = taxonomy(body, taxonomies);
        List<String> categories = body.texts("category", MOST_VALUES, LONGEST);
        Set<String> labels = labels(body, categories, taxonomy);
        Double maxAgreement = body.share("maxAgreement");
        Set<String> sources = new LinkedHashSet<>(body.texts("source", MOST_VALUES, LONGEST));
        String window = body.text("window", LONGEST);
        NoteQuery.Period period = period(body, window, now);
        int notes = body.number("notes", 2, MOST_NOTES, NOTES);
        int runs = body.number("runs", 1, MOST_RUNS, RUNS);
        String language = body.text("language", LONGEST_LANGUAGE);
        long seed = body.wide("seed", DiscoverySettings.DEFAULT.seed());
        NoteQuery all = NoteQuery.all(taxonomy.ref()).of(labels).of(sources, period);
        AskedNotes asked = new AskedNotes(
                body.by(),
                window,
                period.from(),
                period.to(),
                List.copyOf(sources),
                categories,
                taxonomy.ref().toString(),
                maxAgreement,
                notes,
                runs,
                language,
                seed);
        return new DiscoveryForm(
                asked,
                maxAgreement == null ? all : all.within(new NoteQuery.Range(0, maxAgreement)),
                maxAgreement != null || !labels.isEmpty(),
                DiscoverySettings.DEFAULT.withRuns(runs).withSeed(seed).withLanguage(language),
                notes);
    }

    private static Taxonomy taxonomy(JsonBody body, KnownTaxonomies taxonomies) {
        TaxonomyRef given = body.taxonomy("taxonomy");
        return given == null
                ? taxonomies.active()
                : taxonomies.find(given).orElseThrow(() -> body.refused(
                                "taxonomy", "No taxonomy " + given + " is defined.")
                        .with("possible", List.copyOf(taxonomies.all().keySet())));
    }

    /** A category of the tree stands for itself, since some may have been given it, and for every label below it. */
    private static Set<String> labels(JsonBody body, List<String> categories, Taxonomy taxonomy) {
        Set<String> labels = new LinkedHashSet<>(categories);
        for (String category : categories) {
            if (!category.equals(NoteQuery.UNDECIDED)
                    && taxonomy.category(category).isEmpty()) {
                throw body.refused("category", "There is no category '" + category + "' in " + taxonomy.ref() + ".")
                        .with(
                                "possible",
                                taxonomy.categories().stream().map(Category::id).toList());
            }
            taxonomy.categories().stream()
                    .map(Category::id)
                    .filter(id -> taxonomy.isBelow(id, category))
                    .forEach(labels::add);
        }
        return labels;
    }

    private static NoteQuery.Period period(JsonBody body, String window, Instant now) {
        Instant from = either(time(body, "from"), time(body, "since"));
        Instant to = either(time(body, "to"), time(body, "until"));
        if (window == null) {
            if (from != null && !from.isBefore(to == null ? now : to)) {
                throw body.refused("from", "The time from lies before the time to, and in the past.");
            }
            return new NoteQuery.Period(null, from, to);
        }
        if (from != null || to != null) {
            throw body.refused("window", "Give either a window, or from and to.");
        }
        Set<String> windows =
                Arrays.stream(Window.values()).map(Window::code).collect(Collectors.toCollection(LinkedHashSet::new));
        Window known = Window.of(body.oneOf("window", windows)).orElseThrow();
        return known.start(now)
                .map(start -> new NoteQuery.Period(null, start, now))
                .orElse(NoteQuery.Period.ALL);
    }

    private static Instant time(JsonBody body, String field) {
        String given = body.text(field, LONGEST);
        try {
            return given == null ? null : OffsetDateTime.parse(given).toInstant();
        } catch (DateTimeException e) {
            throw body.refused(
                    field, "The field " + field + " is a time with an offset, 2026-10-01T08:00:00Z for instance.");
        }
    }

    private static Instant either(Instant one, Instant other) {
        return one == null ? other : one;
    }
}
