package io.rationale.core.taxonomy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What can be wrong with a taxonomy, each fault in a sentence that says where. */
final class TaxonomyFaults {
    private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

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
