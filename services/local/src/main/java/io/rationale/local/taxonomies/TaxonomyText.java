package io.rationale.local.taxonomies;

import io.rationale.core.taxonomy.Category;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.taxonomy.TaxonomyDiff;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Taxonomies as people read them in a terminal. Texts of others are told without what would steer the terminal. */
public final class TaxonomyText {
    private TaxonomyText() {}

    /** A line for each version: the active one first, then by name, the newest first. */
    public static List<String> list(List<Taxonomy> versions) {
        int widest = versions.stream()
                .mapToInt(each -> each.ref().toString().length())
                .max()
                .orElse(0);
        return versions.stream()
                .sorted(Comparator.comparing((Taxonomy each) -> each.status() != Taxonomy.Status.ACTIVE)
                        .thenComparing(Taxonomy::id)
                        .thenComparing(
                                Comparator.comparingInt(Taxonomy::version).reversed()))
                .map(each -> String.format(
                                "%-" + Math.max(1, widest) + "s  %-8s  %3d labels  %s%s",
                                each.ref(),
                                each.status().code(),
                                each.leaves().size(),
                                plain(Objects.requireNonNullElse(each.title(), "")),
                                activation(each))
                        .stripTrailing())
                .toList();
    }

    private static String activation(Taxonomy taxonomy) {
        Taxonomy.Activation activation = taxonomy.activation();
        return activation == null ? "" : "  (activated " + activation.at() + " by " + plain(activation.by()) + ")";
    }

    /** The tree with names and definitions. */
    public static List<String> show(Taxonomy taxonomy) {
        List<String> lines = new ArrayList<>(list(List.of(taxonomy)));
        if (taxonomy.basedOn() != null) {
            lines.add("based on " + taxonomy.basedOn());
        }
        below(taxonomy, null, "", lines);
        return lines;
    }

    private static void below(Taxonomy taxonomy, String parent, String indent, List<String> lines) {
        for (Category each : taxonomy.categories()) {
            if (Objects.equals(each.parent(), parent)) {
                lines.add("");
                String name = each.name().equals(each.id()) ? "" : " (" + plain(each.name()) + ")";
                lines.add(indent + each.id() + name);
                lines.add(indent + "  " + plain(each.definition()));
                below(taxonomy, each.id(), indent + "    ", lines);
            }
        }
    }

    /** A line for each change, in the order in which people ask. */
    public static List<String> diff(TaxonomyDiff diff) {
        List<String> lines = new ArrayList<>();
        diff.merged().forEach(each -> lines.add("merged     " + String.join(", ", each.from()) + " -> " + each.into()));
        diff.split().forEach(each -> lines.add("split      " + each.id() + " -> " + String.join(", ", each.parts())));
        diff.renamed()
                .forEach(each -> lines.add("renamed    " + named(each.oldId(), each.oldName()) + " -> "
                        + named(each.newId(), each.newName())));
        diff.moved()
                .forEach(each -> lines.add(
                        "moved      " + each.id() + ": " + place(each.before()) + " -> " + place(each.now())));
        diff.redefined()
                .forEach(each -> lines.add("redefined  " + each.id() + ": " + String.join(", ", each.fields())));
        diff.added().forEach(each -> lines.add("added      " + named(each.id(), each.name())));
        diff.removed().forEach(each -> lines.add("removed    " + named(each.id(), each.name())));
        return lines;
    }

    private static String named(String id, String name) {
        return name.equals(id) ? id : id + " (" + plain(name) + ")";
    }

    private static String place(String parent) {
        return parent == null ? "the top" : parent;
    }

    private static String plain(String text) {
        return text.replaceAll("\\s+", " ")
                .replaceAll("[\\p{Cntrl}\\p{Cf}]", "")
                .strip();
    }
}
