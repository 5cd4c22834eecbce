package io.rationale.console.reclassification;

import com.fasterxml.jackson.databind.JsonNode;
import io.rationale.console.api.ProblemException;
import io.rationale.console.search.NoteQuery;
import io.rationale.console.taxonomies.KnownTaxonomies;
import io.rationale.core.reclassification.ReclassificationSelection;
import io.rationale.core.statistics.Window;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.taxonomy.TaxonomyRef;
import io.rationale.core.taxonomy.TaxonomyVersions;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads a selection from the body of a request; refuses what it cannot mean by 422, which names the field. */
final class AskedSelection {
    private static final Pattern REF = Pattern.compile("(.+)@([1-9]\\d{0,8})");
    private static final int MOST_VALUES = 100;
    private static final int LONGEST = 1_000;
    private static final int LONGEST_NAME = 200;

    private final KnownTaxonomies taxonomies;

    AskedSelection(KnownTaxonomies taxonomies) {
        this.taxonomies = taxonomies;
    }

    /** @throws ProblemException 422 */
    ReclassificationSelection of(JsonNode body, Instant now) {
        if (!body.isObject()) {
            throw ProblemException.of(422, "The body is a JSON object.");
        }
        TaxonomyVersions versions = taxonomies.versions();
        Taxonomy target = target(body, versions);
        Taxonomy from = from(body, versions, target);
        String window = text(body, "window", LONGEST);
        Instant since = time(body, "since");
        Instant until = time(body, "until");
        if (window != null && (since != null || until != null)) {
            throw refused("window", "Give either a window, or since and until.");
        }
        if (since != null && until != null && !since.isBefore(until)) {
            throw refused("since", "The time since must be before the time until.");
        }
        return new ReclassificationSelection(
                target.ref(),
                from.ref(),
                categories(body, from),
                texts(body, "source"),
                window == null ? since : start(window, now),
                until,
                window,
                flag(body, "undecided", true),
                flag(body, "again", false));
    }

    /** Who asks. @throws ProblemException 422 */
    static String by(JsonNode body) {
        String by = text(body, "by", LONGEST_NAME);
        if (by == null) {
            throw refused("by", "Say in by who asks for it, in 1 to " + LONGEST_NAME + " characters.");
        }
        return by;
    }

    private static Taxonomy target(JsonNode body, TaxonomyVersions versions) {
        Taxonomy target = version(body, "taxonomy", versions).orElseGet(versions::active);
        if (target.status() == Taxonomy.Status.RETIRED) {
            throw possible(
                    refused("taxonomy", "The version " + target.ref() + " is retired: activate it, or name another."),
                    versions.all().values().stream().filter(each -> each.status() != Taxonomy.Status.RETIRED));
        }
        return target;
    }

    /** What the target was made from, else the version before. */
    private static Taxonomy from(JsonNode body, TaxonomyVersions versions, Taxonomy target) {
        return version(body, "from", versions)
                .or(() -> Optional.ofNullable(target.basedOn()).flatMap(versions::find))
                .or(() -> Optional.of(versions.active())
                        .filter(active -> !active.ref().equals(target.ref())))
                .or(() -> before(versions, target))
                .orElse(target);
    }

    private static Optional<Taxonomy> before(TaxonomyVersions versions, Taxonomy target) {
        return versions.all().values().stream()
                .filter(each -> !each.ref().equals(target.ref()) && each.status() == Taxonomy.Status.RETIRED)
                .max(Comparator.comparing((Taxonomy each) -> each.activation() == null
                                ? Instant.MIN
                                : each.activation().at())
                        .thenComparing(Taxonomy::version));
    }

    private static Optional<Taxonomy> version(JsonNode body, String field, TaxonomyVersions versions) {
        String given = text(body, field, LONGEST);
        if (given == null) {
            return Optional.empty();
        }
        Matcher ref = REF.matcher(given);
        if (!ref.matches()) {
            throw refused(field, "A version is named by id and version: rag-failures@1 for example.");
        }
        TaxonomyRef wanted = new TaxonomyRef(ref.group(1), Integer.parseInt(ref.group(2)));
        return Optional.of(versions.find(wanted)
                .orElseThrow(() -> possible(
                        refused(field, "No taxonomy " + wanted + " is defined."), versions.all().values().stream())));
    }

    private static ProblemException possible(ProblemException refusal, Stream<Taxonomy> versions) {
        return refusal.with(
                "possible", versions.map(each -> each.ref().toString()).toList());
    }

    private static Set<String> categories(JsonNode body, Taxonomy from) {
        Set<String> categories = texts(body, "category");
        Set<String> known = new TreeSet<>(Set.of(NoteQuery.UNDECIDED));
        from.categories().forEach(each -> known.add(each.id()));
        List<String> unknown =
                categories.stream().filter(each -> !known.contains(each)).toList();
        if (!unknown.isEmpty()) {
            throw refused("category", from.ref() + " has no category " + String.join(", ", unknown) + ".")
                    .with("possible", List.copyOf(known));
        }
        return categories;
    }

    private static Instant start(String code, Instant now) {
        Window window = Window.of(code).orElseThrow(() -> refused("window", "The window is one of " + windows() + ".")
                .with("possible", List.of(windows().split(", "))));
        return window.start(now).orElse(null);
    }

    private static String windows() {
        return Arrays.stream(Window.values()).map(Window::code).collect(Collectors.joining(", "));
    }

    private static Instant time(JsonNode body, String field) {
        String given = text(body, field, LONGEST);
        try {
            return given == null ? null : OffsetDateTime.parse(given).toInstant();
        } catch (DateTimeParseException e) {
            throw refused(field, field + " is a time of RFC 3339, 2026-10-01T10:00:00Z for example.");
        }
    }

    private static boolean flag(JsonNode body, String field, boolean otherwise) {
        JsonNode given = body.path(field);
        if (given.isMissingNode() || given.isNull()) {
            return otherwise;
        }
        if (!given.isBoolean()) {
            throw refused(field, field + " is true or false.");
        }
        return given.booleanValue();
    }

    private static Set<String> texts(JsonNode body, String field) {
        JsonNode given = body.path(field);
        Set<String> texts = new TreeSet<>();
        if (given.isMissingNode() || given.isNull()) {
            return texts;
        }
        if (!given.isArray() || given.size() > MOST_VALUES) {
            throw refused(field, field + " is a list of at most " + MOST_VALUES + " texts.");
        }
        for (JsonNode each : given) {
            if (!each.isTextual()
                    || each.textValue().isBlank()
                    || each.textValue().length() > LONGEST) {
                throw refused(field, field + " is a list of texts of 1 to " + LONGEST + " characters.");
            }
            texts.add(paired(each.textValue()));
        }
        return texts;
    }

    private static String text(JsonNode body, String field, int longest) {
        JsonNode given = body.path(field);
        if (given.isMissingNode() || given.isNull()) {
            return null;
        }
        if (!given.isTextual()) {
            throw refused(field, field + " is a text.");
        }
        String text = paired(given.textValue()).strip();
        if (text.codePointCount(0, text.length()) > longest) {
            throw refused(field, field + " has at most " + longest + " characters.");
        }
        return text.isEmpty() ? null : text;
    }

    /** The same without halves of surrogate pairs, which UTF-8 cannot hold. */
    private static String paired(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    static ProblemException refused(String field, String detail) {
        return ProblemException.of(422, detail).with("field", field);
    }
}
