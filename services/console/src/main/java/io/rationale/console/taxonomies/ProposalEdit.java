package io.rationale.console.taxonomies;

import io.rationale.console.api.JsonBody;
import io.rationale.console.api.ProblemException;
import io.rationale.core.taxonomy.Category;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.taxonomy.TaxonomyEdits;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** One change that a person wants to make to a proposal, read from JSON. */
final class ProposalEdit {
    private static final Set<String> KINDS = Collections.unmodifiableSet(
            new LinkedHashSet<>(List.of("rename", "merge", "split", "move", "redefine", "add", "remove")));
    private static final int LONGEST_ID = 200;
    private static final int LONGEST_TEXT = 20_000;
    private static final int MOST_EXAMPLES = 20;
    private static final int MOST_CATEGORIES = 1_000;

    private ProposalEdit() {}

    /**
     * What the edit makes of a version.
     *
     * @return throws a {@link ProblemException} of 422 where a field names what the version does not have, and an {@link
     *     io.rationale.core.taxonomy.InvalidTaxonomyException} where nothing usable would come out
     * @throws ProblemException 422 when it cannot be read
     */
    static UnaryOperator<Taxonomy> read(JsonBody edit) {
        return switch (edit.oneOf("kind", KINDS)) {
            case "rename" -> rename(edit);
            case "merge" -> merge(edit);
            case "split" -> split(edit);
            case "move" -> move(edit);
            case "redefine" -> redefine(edit);
            case "add" -> add(edit);
            default -> remove(edit);
        };
    }

    private static UnaryOperator<Taxonomy> rename(JsonBody edit) {
        String id = edit.required("category", LONGEST_ID);
        String newId = edit.text("id", LONGEST_ID);
        String newName = edit.text("name", LONGEST_TEXT);
        if (newId == null && newName == null) {
            throw edit.refused("name", "Give the category another name, or another id.");
        }
        return taxonomy -> {
            Category before = existing(taxonomy, edit, "category", id);
            // A category without a name of its own goes by its id.
            String kept = before.name().equals(id) && newId != null ? null : before.name();
            return TaxonomyEdits.rename(taxonomy, id, newId == null ? id : newId, newName == null ? kept : newName);
        };
    }

    private static UnaryOperator<Taxonomy> merge(JsonBody edit) {
        String into = edit.required("into", LONGEST_ID);
        List<String> from = edit.texts("from", MOST_CATEGORIES, LONGEST_ID);
        if (from.isEmpty()) {
            throw edit.refused("from", "Say which categories go into " + into + ".");
        }
        return taxonomy -> {
            existing(taxonomy, edit, "into", into);
            from.forEach(each -> existing(taxonomy, edit, "from", each));
            return TaxonomyEdits.merge(taxonomy, into, from);
        };
    }

    private static UnaryOperator<Taxonomy> split(JsonBody edit) {
        String id = edit.required("category", LONGEST_ID);
        List<Category> parts = edit.objects("parts", MOST_CATEGORIES).stream()
                .map(ProposalEdit::category)
                .toList();
        return taxonomy -> {
            existing(taxonomy, edit, "category", id);
            return TaxonomyEdits.split(taxonomy, id, parts);
        };
    }

    private static UnaryOperator<Taxonomy> move(JsonBody edit) {
        String id = edit.required("category", LONGEST_ID);
        String parent = edit.text("parent", LONGEST_ID);
        if (!edit.has("parent")) {
            throw edit.refused("parent", "Say which category it goes below; null puts it at the top.");
        }
        return taxonomy -> {
            existing(taxonomy, edit, "category", id);
            if (parent != null) {
                existing(taxonomy, edit, "parent", parent);
            }
            return TaxonomyEdits.move(taxonomy, id, parent);
        };
    }

    private static UnaryOperator<Taxonomy> redefine(JsonBody edit) {
        String id = edit.required("category", LONGEST_ID);
        // Read at once, so that a wrong field is told before anything is done.
        category(edit, new Category(id, null, null, "", null, List.of(), null, null));
        return taxonomy -> {
            existing(taxonomy, edit, "category", id);
            return TaxonomyEdits.redefine(taxonomy, id, before -> category(edit, before));
        };
    }

    private static UnaryOperator<Taxonomy> add(JsonBody edit) {
        JsonBody given = edit.object("category");
        Category category = category(given);
        return taxonomy -> {
            if (category.parent() != null) {
                existing(taxonomy, given, "parent", category.parent());
            }
            return TaxonomyEdits.add(taxonomy, category);
        };
    }

    private static UnaryOperator<Taxonomy> remove(JsonBody edit) {
        String id = edit.required("category", LONGEST_ID);
        return taxonomy -> {
            existing(taxonomy, edit, "category", id);
            return TaxonomyEdits.remove(taxonomy, id);
        };
    }

    private static Category category(JsonBody given) {
        return new Category(
                given.required("id", LONGEST_ID),
                given.text("parent", LONGEST_ID),
                given.text("name", LONGEST_TEXT),
                given.required("definition", LONGEST_TEXT),
                given.text("notThis", LONGEST_TEXT),
                given.texts("examples", MOST_EXAMPLES, LONGEST_TEXT),
                given.text("remedy", LONGEST_TEXT),
                given.text("colour", LONGEST_ID));
    }

    /** The same with the fields that are given; null takes one away that need not be there. */
    private static Category category(JsonBody given, Category before) {
        return new Category(
                before.id(),
                before.parent(),
                given.has("name") ? given.text("name", LONGEST_TEXT) : before.name(),
                given.has("definition") ? given.required("definition", LONGEST_TEXT) : before.definition(),
                given.has("notThis") ? given.text("notThis", LONGEST_TEXT) : before.notThis(),
                given.has("examples") ? given.texts("examples", MOST_EXAMPLES, LONGEST_TEXT) : before.examples(),
                given.has("remedy") ? given.text("remedy", LONGEST_TEXT) : before.remedy(),
                given.has("colour") ? given.text("colour", LONGEST_ID) : before.colour());
    }

    private static Category existing(Taxonomy taxonomy, JsonBody edit, String field, String id) {
        return taxonomy.category(id)
                .orElseThrow(() -> edit.refused(field, "There is no category '" + id + "' in " + taxonomy.ref() + ".")
                        .with(
                                "possible",
                                taxonomy.categories().stream().map(Category::id).toList()));
    }
}
