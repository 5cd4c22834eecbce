package io.rationale.core.taxonomy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What can be wrong with a taxonomy, each fault in a sentence that says where. */
public final class TaxonomyFaults {
    private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    private static final Pattern COLOUR = Pattern.compile("#[0-9a-fA-F]{6}");

    private TaxonomyFaults() {}

    static List<String> of(String id, int version, List<Category> categories) {
        List<String> faults = new ArrayList<>();
        if (id == null || !ID.matcher(id).matches()) {
            faults.add("The taxonomy needs an id of lower-case letters, digits and hyphens.");
        }
        if (version < 1) {
            faults.add("The taxonomy's version must be 1 or more.");
        }
        Map<String, String> parents = new LinkedHashMap<>();
        for (Category category : categories) {
            faultsOf(category, parents, faults);
        }
        for (String needed : List.of(Taxonomy.NO_ERROR, Taxonomy.OTHER)) {
            if (!parents.containsKey(needed)) {
                faults.add("The category '" + needed + "' is missing: every taxonomy has it.");
            }
        }
        faultsOfTree(parents, faults);
        return faults;
    }

    /**
     * What is wrong with a taxonomy that can be read, but should not be used: it would confuse R1 or the people who read
     * its labels. A taxonomy's own constructor refuses what is no taxonomy at all.
     */
    public static List<String> beforeUse(Taxonomy taxonomy) {
        List<String> faults = new ArrayList<>();
        taxonomy.categories().forEach(category -> faultsOfTexts(category, faults));
        faultsOfNames(taxonomy, faults);
        taxonomy.crosswalk().forEach((before, now) -> {
            if (taxonomy.category(now).isEmpty()) {
                faults.add("The crosswalk leads from '" + before + "' to '" + now + "', which does not exist.");
            }
        });
        return faults;
    }

    private static void faultsOfTexts(Category category, List<String> faults) {
        if (category.name().isBlank()) {
            faults.add("The category '" + category.id() + "' has an empty name; leave it out to use the id.");
        }
        if (category.examples().stream().anyMatch(String::isBlank)) {
            faults.add("The category '" + category.id() + "' has an empty example.");
        }
        if (category.colour() != null && !COLOUR.matcher(category.colour()).matches()) {
            faults.add("The colour '" + category.colour() + "' of the category '" + category.id()
                    + "' is not made like #1f5fa8.");
        }
    }

    /** R1 may answer with a name in place of an id. */
    private static void faultsOfNames(Taxonomy taxonomy, List<String> faults) {
        Map<String, String> named = new LinkedHashMap<>();
        for (Category label : taxonomy.leaves()) {
            String other = named.putIfAbsent(label.name().strip().toLowerCase(Locale.ROOT), label.id());
            if (other != null) {
                faults.add("The categories '" + other + "' and '" + label.id() + "' are both named '" + label.name()
                        + "'.");
            }
        }
    }

    private static void faultsOf(Category category, Map<String, String> parents, List<String> faults) {
        if (category.id() == null || !ID.matcher(category.id()).matches()) {
            faults.add("The category id '" + category.id() + "' is not made of lower-case letters, digits, hyphens.");
            return;
        }
        if (parents.containsKey(category.id())) {
            faults.add("The category id '" + category.id() + "' stands twice.");
        }
        parents.put(category.id(), category.parent());
        if (category.definition() == null || category.definition().isBlank()) {
            faults.add("The category '" + category.id() + "' has no definition.");
        }
    }

    private static void faultsOfTree(Map<String, String> parents, List<String> faults) {
        parents.forEach((id, parent) -> {
            if (parent != null && !parents.containsKey(parent)) {
                faults.add("The category '" + id + "' names the parent '" + parent + "', which does not exist.");
            } else if (isOnCycle(id, parents)) {
                faults.add("The category '" + id + "' is its own ancestor.");
            }
            if (Taxonomy.NO_ERROR.equals(parent) || Taxonomy.OTHER.equals(parent)) {
                faults.add("The category '" + parent + "' must stay a leaf; '" + id + "' stands below it.");
            }
        });
    }

    private static boolean isOnCycle(String id, Map<String, String> parents) {
        Set<String> seen = new HashSet<>();
        for (String at = parents.get(id); at != null && seen.add(at); at = parents.get(at)) {
            if (at.equals(id)) {
                return true;
            }
        }
        return false;
    }
}
