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
        assertThat(PromptRoom.ofContext(8_192).faults(Taxonomies.ragFailures()))
                .singleElement()
                .asString()
                .matches("The categories take about \\d,\\d{3} tokens of the prompt, which has room for 3,072: .*");
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
