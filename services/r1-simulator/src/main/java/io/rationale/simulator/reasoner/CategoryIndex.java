package io.rationale.simulator.reasoner;

import io.rationale.simulator.prompt.ListedCategory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Everything that is worked out once for a list of categories. Immutable once built. */
final class CategoryIndex {
    private final List<ListedCategory> categories;
    private final TermIndex terms;
    private final CueLexicon cues;

    CategoryIndex(List<ListedCategory> categories) {
        this.categories = categories;
        terms = new TermIndex(categories);
        cues = new CueLexicon(categories.stream().map(ListedCategory::id).toList());
    }

    List<ListedCategory> categories() {
        return categories;
    }

    /** All that speaks for any category in the clause. */
    List<Hit> hits(Clause clause) {
        List<Hit> hits = new ArrayList<>();
        cues.find(clause, hits);
        terms.find(clause, hits);
        return hits;
    }

    /** The first category whose id begins so, or -1. */
    int withIdLike(String beginning) {
        return first(id -> CategoryIds.begins(id, beginning));
    }

    /** The category with this id, or -1. */
    int withId(String expected) {
        return first(id -> CategoryIds.is(id, expected));
    }

    private int first(Predicate<String> wanted) {
        return IntStream.range(0, categories.size())
                .filter(i -> wanted.test(categories.get(i).id()))
                .findFirst()
                .orElse(-1);
    }

    /** Where a note goes that says nothing: {@code other} if it is listed, else the last category. */
    int fallback() {
        int other = withId("other");
        return other >= 0 ? other : categories.size() - 1;
    }
}
