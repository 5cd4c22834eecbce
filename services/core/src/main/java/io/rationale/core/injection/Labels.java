package io.rationale.core.injection;

import io.rationale.core.taxonomy.Category;
import io.rationale.core.taxonomy.Taxonomy;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The labels of a taxonomy as only somebody writes them who means them: an id with a hyphen, or any label where one is
 * assigned. Thread safe.
 */
final class Labels {
    /** Words that say that a label follows. */
    private static final List<String> ASSIGNING = List.of(
            "categor",
            "label",
            "verdict",
            "classif",
            "kategorie",
            "einstuf",
            "catégorie",
            "классифицируй",
            "категори",
            "类别",
            "分类",
            "カテゴリ",
            "분류",
            "تصنيف");

    private static final Pattern NOTHING = Pattern.compile("(?!)");

    /** Beginnings of ids, and after them the words that say that a label follows. */
    private final WordSearch words;

    private final int beginnings;
    private final Pattern ids;
    private final Pattern assigned;

    Labels(Taxonomy taxonomy) {
        List<String> compound = taxonomy.leaves().stream()
                .map(Category::id)
                .filter(id -> id.indexOf('-') > 0 || id.indexOf('_') > 0)
                .map(Disguise::plain)
                .toList();
        List<String> begun = compound.stream()
                .map(id -> id.split("[-_]")[0])
                .distinct()
                .flatMap(word -> Stream.of(word + "-", word + "_"))
                .toList();
        beginnings = begun.size();
        words = new WordSearch(Stream.concat(begun.stream(), ASSIGNING.stream()).toList());
        ids = compound.isEmpty()
                ? NOTHING
                : Pattern.compile("(?<![\\p{L}\\p{N}/-])(?:" + anyOf(compound.stream()) + ")(?![\\p{L}\\p{N}-])");
        Stream<String> named = taxonomy.leaves().stream()
                .flatMap(category -> Stream.of(category.id(), category.name()))
                .filter(name -> !name.isBlank())
                .map(name -> Disguise.plain(name).strip());
        assigned = Pattern.compile(
                "(?:categor(?:y|ise|ize)|label|verdict|classif(?:y|ication)|kategorie|einstuf\\w{0,3}|catégorie|categoría|categoria"
                        + "|классифицируй|категори[яюи]|类别|分类|カテゴリ|분류|تصنيف)\\w{0,3}[^.!?]{0,25}?"
                        + "[ :=\"'`(](?:" + anyOf(named) + ")(?![\\p{L}\\p{N}-])");
    }

    /** @param plain in lower case on one line */
    boolean areIn(String plain) {
        BitSet found = words.in(plain);
        int first = found.nextSetBit(0);
        return first >= 0 && first < beginnings && ids.matcher(plain).find()
                || found.nextSetBit(beginnings) >= 0 && assigned.matcher(plain).find();
    }

    /** With hyphens, low lines, or one for the other. */
    private static String anyOf(Stream<String> labels) {
        return labels.map(label ->
                        Stream.of(label.split("[-_]")).map(Pattern::quote).collect(Collectors.joining("[-_]")))
                .collect(Collectors.joining("|"));
    }
}
