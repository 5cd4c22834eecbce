package io.rationale.core.taxonomy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Changes to a version that is not used yet. Each gives a new value and carries the crosswalk on: what led to a category
 * leads to what that has become. A version that comes from no other has no crosswalk, and gets none by being edited.
 *
 * <p>All throw {@link InvalidTaxonomyException} where a category does not exist or the outcome would be no taxonomy.
 */
public final class TaxonomyEdits {
    private static final Set<String> FIXED = Set.of(Taxonomy.NO_ERROR, Taxonomy.OTHER);
    private static final int MOST_EXAMPLES = 3;

    private TaxonomyEdits() {}

    /**
     * A proposal that says what that version says, with a crosswalk that names each of its categories.
     *
     * @param version its number, which nobody has yet
     */
    public static Taxonomy next(Taxonomy base, int version) {
        Map<String, String> crosswalk = new LinkedHashMap<>();
        base.categories().forEach(each -> crosswalk.put(each.id(), each.id()));
        return new Taxonomy(
                base.id(),
                version,
                base.title(),
                Taxonomy.Status.PROPOSED,
                base.categories(),
                crosswalk,
                base.ref(),
                null);
    }

    /** The same with a crosswalk that also names what keeps its id: a person writes down only what does not. */
    public static Taxonomy completed(Taxonomy draft, Taxonomy base) {
        Map<String, String> crosswalk =
                new LinkedHashMap<>(TaxonomyDiff.between(base, draft).crosswalk());
        draft.crosswalk().forEach(crosswalk::putIfAbsent);
        return draft.with(draft.categories(), crosswalk);
    }

    /**
     * Gives a category another id or name. Where other categories refer to the id in backticks they do so to the new one.
     *
     * @param newId   the same as before for another name only
     * @param newName or null for the id
     */
    public static Taxonomy rename(Taxonomy taxonomy, String id, String newId, String newName) {
        Category renamed = of(taxonomy, id);
        if (!id.equals(newId)) {
            refuseFixed(id, "keeps its id: every taxonomy has it");
            refuse(taxonomy.category(newId).isPresent(), "The category id '" + newId + "' is taken.");
        }
        List<Category> categories = taxonomy.categories().stream()
                .map(each -> each == renamed ? named(each, newId, newName) : each)
                .map(referring(id, newId))
                .toList();
        return taxonomy.with(categories, id.equals(newId) ? taxonomy.crosswalk() : led(taxonomy, List.of(id), newId));
    }

    /**
     * Puts categories into one of them: their notes are counted there, their examples are shown there while it has few.
     *
     * @param into stays
     * @param from go; nothing may stand below them
     */
    public static Taxonomy merge(Taxonomy taxonomy, String into, Collection<String> from) {
        Category kept = of(taxonomy, into);
        List<Category> gone =
                from.stream().distinct().map(id -> of(taxonomy, id)).toList();
        for (Category each : gone) {
            refuse(each.id().equals(into), "The category '" + into + "' cannot be merged into itself.");
            refuseFixed(each.id(), "stays: every taxonomy has it");
            refuseGroup(taxonomy, each.id(), "Move or merge them first.");
        }
        List<String> examples = Stream.concat(
                        kept.examples().stream(), gone.stream().flatMap(each -> each.examples().stream()))
                .distinct()
                .limit(Math.max(MOST_EXAMPLES, kept.examples().size()))
                .toList();
        Function<Category, Category> referring =
                gone.stream().map(each -> referring(each.id(), into)).reduce(Function.identity(), Function::andThen);
        List<Category> categories = taxonomy.categories().stream()
                .filter(each -> !gone.contains(each))
                .map(each -> each == kept ? exemplified(each, examples) : each)
                .map(referring)
                .toList();
        return taxonomy.with(
                categories, led(taxonomy, gone.stream().map(Category::id).toList(), into));
    }

    /**
     * Makes a label a group of finer ones. Its notes so far stay counted in the group: which part they belong to can only
     * be found by judging them again.
     *
     * @param parts two or more; whatever parent they name, they stand below the category
     */
    public static Taxonomy split(Taxonomy taxonomy, String id, List<Category> parts) {
        Category group = of(taxonomy, id);
        refuseFixed(id, "must stay a leaf");
        refuseGroup(taxonomy, id, "Split those.");
        refuse(parts.size() < 2, "The category '" + id + "' can only be split into two or more.");
        List<Category> categories = new ArrayList<>();
        for (Category each : taxonomy.categories()) {
            categories.add(each);
            if (each == group) {
                parts.forEach(part -> categories.add(below(part, id)));
            }
        }
        return taxonomy.with(categories, taxonomy.crosswalk());
    }

    /** Puts a category, with all that stands below it, elsewhere in the tree. @param parent or null for the top */
    public static Taxonomy move(Taxonomy taxonomy, String id, String parent) {
        Category moved = of(taxonomy, id);
        List<Category> categories = taxonomy.categories().stream()
                .map(each -> each == moved ? below(each, parent) : each)
                .toList();
        return taxonomy.with(categories, taxonomy.crosswalk());
    }

    /** Says anew what a category is; its id and its place in the tree stay. */
    public static Taxonomy redefine(Taxonomy taxonomy, String id, UnaryOperator<Category> change) {
        Category redefined = of(taxonomy, id);
        Category changed = change.apply(redefined);
        Category kept = new Category(
                id,
                redefined.parent(),
                changed.name(),
                changed.definition(),
                changed.notThis(),
                changed.examples(),
                changed.remedy(),
                changed.colour());
        List<Category> categories = taxonomy.categories().stream()
                .map(each -> each == redefined ? kept : each)
                .toList();
        return taxonomy.with(categories, taxonomy.crosswalk());
    }

    /** Puts a new category before the two that every taxonomy ends with. */
    public static Taxonomy add(Taxonomy taxonomy, Category category) {
        List<Category> categories = new ArrayList<>(taxonomy.categories());
        int end = categories.size();
        while (end > 0 && FIXED.contains(categories.get(end - 1).id())) {
            end--;
        }
        categories.add(end, category);
        return taxonomy.with(categories, taxonomy.crosswalk());
    }

    /**
     * Takes a category away that has become none: what its notes are can only be found by judging them again.
     *
     * @param id nothing may stand below it
     */
    public static Taxonomy remove(Taxonomy taxonomy, String id) {
        Category gone = of(taxonomy, id);
        refuseFixed(id, "stays: every taxonomy has it");
        refuseGroup(taxonomy, id, "Move, merge or remove them first.");
        List<Category> categories =
                taxonomy.categories().stream().filter(each -> each != gone).toList();
        Map<String, String> crosswalk = new LinkedHashMap<>(taxonomy.crosswalk());
        crosswalk.values().removeIf(id::equals);
        return taxonomy.with(categories, crosswalk);
    }

    /** What led to one of these leads to the new one. */
    private static Map<String, String> led(Taxonomy taxonomy, List<String> gone, String now) {
        Map<String, String> crosswalk = new LinkedHashMap<>(taxonomy.crosswalk());
        crosswalk.replaceAll((before, target) -> gone.contains(target) ? now : target);
        return crosswalk;
    }

    private static Function<Category, Category> referring(String id, String now) {
        return each -> new Category(
                each.id(),
                id.equals(each.parent()) ? now : each.parent(),
                each.name(),
                quoting(each.definition(), id, now),
                quoting(each.notThis(), id, now),
                each.examples(),
                each.remedy(),
                each.colour());
    }

    private static String quoting(String text, String id, String now) {
        return text == null ? null : text.replace("`" + id + "`", "`" + now + "`");
    }

    private static Category named(Category each, String id, String name) {
        return new Category(
                id,
                each.parent(),
                name,
                each.definition(),
                each.notThis(),
                each.examples(),
                each.remedy(),
                each.colour());
    }

    private static Category exemplified(Category each, List<String> examples) {
        return new Category(
                each.id(),
                each.parent(),
                each.name(),
                each.definition(),
                each.notThis(),
                examples,
                each.remedy(),
                each.colour());
    }

    private static Category below(Category each, String parent) {
        return new Category(
                each.id(),
                parent,
                each.name(),
                each.definition(),
                each.notThis(),
                each.examples(),
                each.remedy(),
                each.colour());
    }

    private static Category of(Taxonomy taxonomy, String id) {
        return taxonomy.category(id)
                .orElseThrow(() -> new InvalidTaxonomyException(
                        List.of("There is no category '" + id + "' in " + taxonomy.ref() + ".")));
    }

    private static void refuseFixed(String id, String sentence) {
        refuse(FIXED.contains(id), "The category '" + id + "' " + sentence + ".");
    }

    private static void refuseGroup(Taxonomy taxonomy, String id, String advice) {
        boolean isGroup = taxonomy.categories().stream().anyMatch(each -> id.equals(each.parent()));
        refuse(isGroup, "Other categories stand below '" + id + "'. " + advice);
    }

    private static void refuse(boolean isWrong, String sentence) {
        if (isWrong) {
            throw new InvalidTaxonomyException(List.of(sentence));
        }
    }
}
