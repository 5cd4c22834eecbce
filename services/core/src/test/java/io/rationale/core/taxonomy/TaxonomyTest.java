package io.rationale.core.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaxonomyTest {
    private static final Category NO_ERROR = category(Taxonomy.NO_ERROR, null);
    private static final Category OTHER = category(Taxonomy.OTHER, null);

    @Test
    void shouldOfferOnlyLeavesInReadingOrder() {
        // given
        Taxonomy taxonomy = taxonomy(category("b", "top"), category("top", null), category("a", "top"));

        // then
        assertThat(taxonomy.labels().keySet()).containsExactly("no-error", "other", "b", "a");
        assertThat(taxonomy.category("top")).isPresent();
        assertThat(taxonomy.category("nowhere")).isEmpty();
        assertThat(taxonomy.ref()).hasToString("t@1");
    }

    @Test
    void shouldShipTwentyThreeLabels() {
        // when
        Taxonomy shipped = Taxonomies.ragFailures();

        // then
        assertThat(shipped.leaves()).hasSize(23);
        assertThat(shipped.labels()).containsKeys("no-error", "other", "missing-content");
        assertThat(shipped.labels()).doesNotContainKeys("chunking", "retrieval", "reranking", "generation");
        assertThat(shipped.categories())
                .allSatisfy(category -> assertThat(category.colour()).matches("#[0-9a-f]{6}"));
    }

    @Test
    void shouldRefuseDuplicateIds() {
        assertThat(faults(category("a", null), category("a", null)))
                .containsExactly("The category id 'a' stands twice.");
    }

    @Test
    void shouldRefuseACycle() {
        assertThat(faults(category("a", "b"), category("b", "c"), category("c", "a")))
                .containsExactly(
                        "The category 'a' is its own ancestor.",
                        "The category 'b' is its own ancestor.",
                        "The category 'c' is its own ancestor.");
    }

    @Test
    void shouldRefuseACategoryThatIsItsOwnParent() {
        assertThat(faults(category("a", "a"))).containsExactly("The category 'a' is its own ancestor.");
    }

    @Test
    void shouldRefuseAnUnknownParent() {
        assertThat(faults(category("a", "nowhere")))
                .containsExactly("The category 'a' names the parent 'nowhere', which does not exist.");
    }

    @Test
    void shouldRefuseACategoryBelowOneThatMustStayALeaf() {
        assertThat(faults(category("a", "other")))
                .containsExactly("The category 'other' must stay a leaf; 'a' stands below it.");
    }

    @Test
    void shouldRefuseAnEmptyDefinition() {
        assertThat(faults(new Category("a", null, "A", " ", null, null, null, null)))
                .containsExactly("The category 'a' has no definition.");
    }

    @Test
    void shouldRefuseIdsThatAreNoneAndNameThem() {
        assertThat(faults(category("Not an id", null), category(null, null), category("-", null)))
                .hasSize(3)
                .allMatch(fault -> fault.contains("is not made of lower-case letters, digits, hyphens."));
    }

    @Test
    void shouldRefuseATaxonomyWithoutItsTwoFixedLabels() {
        assertThat(faultsOf("t", 1, List.of()))
                .containsExactly(
                        "The category 'no-error' is missing: every taxonomy has it.",
                        "The category 'other' is missing: every taxonomy has it.");
    }

    @Test
    void shouldNameEveryFaultAtOnce() {
        assertThat(faultsOf(null, 0, List.of(NO_ERROR, category("a", "nowhere"))))
                .hasSize(4);
    }

    private static List<String> faults(Category... categories) {
        List<Category> all = new ArrayList<>(List.of(NO_ERROR, OTHER));
        all.addAll(List.of(categories));
        return faultsOf("t", 1, all);
    }

    private static List<String> faultsOf(String id, int version, List<Category> categories) {
        return catchThrowableOfType(
                        InvalidTaxonomyException.class,
                        () -> new Taxonomy(id, version, null, null, categories, Map.of()))
                .faults();
    }

    private static Taxonomy taxonomy(Category... categories) {
        List<Category> all = new ArrayList<>(List.of(NO_ERROR, OTHER));
        all.addAll(List.of(categories));
        return new Taxonomy("t", 1, null, null, all, null);
    }

    private static Category category(String id, String parent) {
        return new Category(id, parent, null, "definition", null, null, null, null);
    }
}
