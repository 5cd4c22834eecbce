package io.rationale.core.taxonomy;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One version of a taxonomy: categories in a tree, of which the leaves are the labels a note can get.
 *
 * @param id         the taxonomy's name, the same for all its versions
 * @param version    from 1 up
 * @param title      for people, or null
 * @param status     where it stands in its life
 * @param categories in the order in which people read them
 * @param crosswalk  for a version made from an earlier one: old category id to new
 * @param basedOn    the version that the crosswalk starts from, or null
 * @param activation who made it the version to judge under, and when; null while nobody did
 * @param discovery  the run that proposed it, or null where a person did
 */
public record Taxonomy(
        String id,
        int version,
        String title,
        Status status,
        List<Category> categories,
        Map<String, String> crosswalk,
        TaxonomyRef basedOn,
        Activation activation,
        String discovery) {
    /** The label of a note that tells of no failure. */
    public static final String NO_ERROR = "no-error";
    /** The label of a note that no other category fits. */
    public static final String OTHER = "other";

    /** Where a version stands in its life. */
    public enum Status {
        PROPOSED,
        ACTIVE,
        RETIRED;

        /** As it stands in events. */
        @JsonValue
        public String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * A version became the one to judge under.
     *
     * @param by who decided it
     * @param at when
     */
    public record Activation(String by, Instant at) {
        public Activation {
            Objects.requireNonNull(by, "by");
            Objects.requireNonNull(at, "at");
        }
    }

    /** @throws InvalidTaxonomyException with a sentence for each fault */
    public Taxonomy {
        status = status == null ? Status.ACTIVE : status;
        categories = categories == null ? List.of() : List.copyOf(categories);
        crosswalk = crosswalk == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(crosswalk));
        List<String> faults = TaxonomyFaults.of(id, version, categories);
        if (!faults.isEmpty()) {
            throw new InvalidTaxonomyException(faults);
        }
    }

    /** A version that a person proposed. */
    public Taxonomy(
            String id,
            int version,
            String title,
            Status status,
            List<Category> categories,
            Map<String, String> crosswalk,
            TaxonomyRef basedOn,
            Activation activation) {
        this(id, version, title, status, categories, crosswalk, basedOn, activation, null);
    }

    /** A version that comes from no other and was never activated. */
    public Taxonomy(
            String id,
            int version,
            String title,
            Status status,
            List<Category> categories,
            Map<String, String> crosswalk) {
        this(id, version, title, status, categories, crosswalk, null, null);
    }

    /** The same as the version to judge under. */
    public Taxonomy activated(Activation activation) {
        return new Taxonomy(id, version, title, Status.ACTIVE, categories, crosswalk, basedOn, activation, discovery);
    }

    /** The same, elsewhere in its life. */
    public Taxonomy with(Status status) {
        return new Taxonomy(id, version, title, status, categories, crosswalk, basedOn, activation, discovery);
    }

    /** The same as proposed by that discovery, or by a person for null. */
    public Taxonomy from(String run) {
        return new Taxonomy(id, version, title, status, categories, crosswalk, basedOn, activation, run);
    }

    /** The same with other categories, and what they come from. */
    public Taxonomy with(List<Category> categories, Map<String, String> crosswalk) {
        return new Taxonomy(id, version, title, status, categories, crosswalk, basedOn, activation, discovery);
    }

    /** Whether notes would be judged under the two in the same way. */
    public boolean saysTheSameAs(Taxonomy other) {
        return categories.equals(other.categories);
    }

    /** This version's name. */
    public TaxonomyRef ref() {
        return new TaxonomyRef(id, version);
    }

    /** The category of that id. */
    public Optional<Category> category(String categoryId) {
        return categories.stream().filter(c -> c.id().equals(categoryId)).findFirst();
    }

    /** The assignable categories, in reading order. */
    @JsonIgnore
    public List<Category> leaves() {
        Set<String> parents = categories.stream()
                .map(Category::parent)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        return categories.stream().filter(c -> !parents.contains(c.id())).toList();
    }

    /** Whether that category stands somewhere below the other one. */
    public boolean isBelow(String categoryId, String ancestorId) {
        String at = parentOf(categoryId);
        while (at != null && !at.equals(ancestorId)) {
            at = parentOf(at);
        }
        return at != null;
    }

    private String parentOf(String categoryId) {
        return category(categoryId).map(Category::parent).orElse(null);
    }

    /** The closed set of labels, by id, in reading order. */
    @JsonIgnore
    public Map<String, Category> labels() {
        return leaves().stream()
                .collect(Collectors.toMap(Category::id, Function.identity(), (a, b) -> a, LinkedHashMap::new));
    }
}
