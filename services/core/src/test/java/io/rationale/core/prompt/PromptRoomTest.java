package io.rationale.core.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.core.taxonomy.Category;
import io.rationale.core.taxonomy.Taxonomies;
import io.rationale.core.taxonomy.Taxonomy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PromptRoomTest {
    @Test
    void shouldFindNothingWrongWithTheShippedTaxonomy() {
        assertThat(PromptRoom.DEFAULT.faults(Taxonomies.ragFailures())).isEmpty();
    }

    @Test
    void shouldRefuseMoreThanThePromptCanHold() {
        // given: no groups that could be asked about one after the other
        Taxonomy shipped = Taxonomies.ragFailures();
        List<Category> flat = shipped.leaves().stream()
                .map(each -> new Category(
                        each.id(), null, each.name(), each.definition(), each.notThis(), each.examples(), null, null))
                .toList();

        // then
        assertThat(PromptRoom.ofContext(8_192).faults(shipped.with(flat, Map.of())))
                .singleElement()
                .asString()
                .matches(
                        "The categories at the top take about \\d,\\d{3} tokens of the prompt, which has room for 3,072: .*");
    }

    @Test
    void shouldHoldSeventySevenCategoriesInOnePromptOfThirtyTwoThousandTokens() {
        // given
        List<Category> intents = new ArrayList<>();
        for (int i = 0; i < 75; i++) {
            String id = "intent-" + i;
            intents.add(new Category(
                    id,
                    null,
                    "The " + i + "th thing that customers of a bank write about",
                    "The customer asks why a payment by card was declined, reverted or charged twice, case " + i + ".",
                    "Not a transfer to another account, which is another intent.",
                    List.of("why was my card payment of last night declined", "the shop charged me two times"),
                    null,
                    null));
        }
        Taxonomy banking = new Taxonomy("banking", 1, null, null, categories(intents.toArray(Category[]::new)), null);

        // then
        assertThat(banking.leaves()).hasSize(77);
        assertThat(PromptRoom.ofContext(32_768).faults(banking)).isEmpty();
        assertThat(TaxonomyLevels.of(banking, PromptRoom.ofContext(32_768)).groups())
                .isEmpty();
    }

    @Test
    void shouldAskLevelByLevelWhereOnePromptHasNoRoom() {
        // given
        Taxonomy shipped = Taxonomies.ragFailures();
        PromptRoom small = PromptRoom.ofContext(8_192);

        // when
        TaxonomyLevels levels = TaxonomyLevels.of(shipped, small);

        // then
        assertThat(small.faults(shipped)).isEmpty();
        assertThat(levels.groups()).containsOnlyKeys("chunking", "retrieval", "reranking", "generation");
        assertThat(levels.top().ref()).isEqualTo(shipped.ref());
        assertThat(levels.top().labels()).containsKeys("chunking", "generation", "no-error", "other");
        assertThat(levels.top().category("chunking").orElseThrow().definition())
                .contains(" Holds: Over-chunking; Under-chunking; Context mismatch");
        assertThat(levels.below("chunking").orElseThrow().labels())
                .containsKeys("over-chunking", "under-chunking", "context-mismatch", "no-error", "other");
        assertThat(levels.below("over-chunking")).isEmpty();
        List<String> labels = new ArrayList<>(levels.top().labels().keySet());
        levels.groups().values().forEach(level -> labels.addAll(level.labels().keySet()));
        assertThat(labels).containsAll(shipped.labels().keySet());
    }

    @Test
    void shouldNameEveryFaultInASentence() {
        // given
        Taxonomy taxonomy = new Taxonomy(
                "t",
                1,
                null,
                null,
                categories(
                        new Category("a", null, "Same", "d", null, List.of(" "), null, "red"),
                        new Category("b", null, "same ", "d", null, null, null, "#12345g"),
                        new Category("c", null, "", "d", null, null, null, "#ABCDEF")),
                Map.of("x", "nowhere", "y", "a"));

        // then
        assertThat(PromptRoom.DEFAULT.faults(taxonomy))
                .containsExactly(
                        "The category 'a' has an empty example.",
                        "The colour 'red' of the category 'a' is not made like #1f5fa8.",
                        "The colour '#12345g' of the category 'b' is not made like #1f5fa8.",
                        "The category 'c' has an empty name; leave it out to use the id.",
                        "The categories 'a' and 'b' are both named 'same '.",
                        "The crosswalk leads from 'x' to 'nowhere', which does not exist.");
    }

    private static List<Category> categories(Category... more) {
        List<Category> all = new ArrayList<>(List.of(more));
        all.add(new Category("no-error", null, null, "d", null, null, null, null));
        all.add(new Category("other", null, null, "d", null, null, null, null));
        return all;
    }
}
