package io.rationale.core.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CrosswalkTest {
    private final Map<TaxonomyRef, Taxonomy> known = new LinkedHashMap<>();

    private final Taxonomy first = version(1, null, Map.of(), "a", "b", "c", "gone");
    private final Taxonomy second =
            version(2, first.ref(), Map.of("a", "ab", "b", "ab", "c", "c", "gone", "nowhere"), "ab", "c", "new");
    private final Taxonomy third = version(3, second.ref(), Map.of("ab", "x"), "x", "c", "c1<c", "c2<c", "new");

    private Taxonomy version(int version, TaxonomyRef basedOn, Map<String, String> crosswalk, String... ids) {
        List<Category> categories = Stream.concat(Arrays.stream(ids), Stream.of("no-error", "other"))
                .map(id -> id.split("<"))
                .map(id -> new Category(id[0], id.length > 1 ? id[1] : null, id[0], "It is.", null, null, null, null))
                .toList();
        Taxonomy taxonomy =
                new Taxonomy("t", version, null, Taxonomy.Status.PROPOSED, categories, crosswalk, basedOn, null);
        known.put(taxonomy.ref(), taxonomy);
        return taxonomy;
    }

    private Crosswalk between(Taxonomy from, Taxonomy to) {
        return Crosswalk.between(from, to, ref -> Optional.ofNullable(known.get(ref)));
    }

    @Test
    void shouldLeadWhereTheNewVersionSays() {
        // when
        Crosswalk crosswalk = between(first, second);

        // then
        assertThat(crosswalk.successors())
                .containsEntry("a", Set.of("ab"))
                .containsEntry("b", Set.of("ab"))
                .containsEntry("c", Set.of("c"))
                .containsEntry("gone", Set.of())
                .containsEntry("other", Set.of("other"));
        assertThat(crosswalk.predecessorsOf("ab")).containsExactly("a", "b");
        assertThat(crosswalk.predecessorsOf("new")).isEmpty();
        assertThat(crosswalk.leads("a", "c")).isFalse();
    }

    @Test
    void shouldLeadToEveryLabelOfAGroupThatALabelBecame() {
        assertThat(between(second, third).successors())
                .containsEntry("c", Set.of("c1", "c2"))
                .containsEntry("ab", Set.of("x"))
                .containsEntry("new", Set.of("new"));
    }

    @Test
    void shouldLeadThroughTheVersionsBetween() {
        // when
        Crosswalk crosswalk = between(first, third);

        // then
        assertThat(crosswalk.successorsOf(Set.of("a", "c"))).containsExactlyInAnyOrder("x", "c1", "c2");
        assertThat(crosswalk.successorsOf(Set.of("gone"))).isEmpty();
    }

    @Test
    void shouldLeadBackwards() {
        // when
        Crosswalk crosswalk = between(third, first);

        // then
        assertThat(crosswalk.successors())
                .containsEntry("x", Set.of("a", "b"))
                .containsEntry("c1", Set.of("c"))
                .containsEntry("new", Set.of());
    }

    @Test
    void shouldLeadThroughAVersionThatBothComeFrom() {
        // given
        Taxonomy sister = version(4, first.ref(), Map.of("a", "y", "b", "b", "c", "z"), "y", "b", "z");

        // when
        Crosswalk crosswalk = between(sister, second);

        // then
        assertThat(crosswalk.successors())
                .containsEntry("y", Set.of("ab"))
                .containsEntry("b", Set.of("ab"))
                .containsEntry("z", Set.of("c"));
    }

    @Test
    void shouldGoByTheIdWhereNothingLeadsThere() {
        // given
        Taxonomy stranger = version(9, new TaxonomyRef("elsewhere", 1), Map.of("a", "c"), "a", "c", "q");

        // when
        Crosswalk crosswalk = between(first, stranger);

        // then
        assertThat(crosswalk.successors())
                .containsEntry("a", Set.of("a"))
                .containsEntry("c", Set.of("c"))
                .containsEntry("b", Set.of());
    }

    @Test
    void shouldEndWhereVersionsComeFromEachOther() {
        // given
        Taxonomy one = version(11, new TaxonomyRef("t", 12), Map.of(), "a");
        Taxonomy two = version(12, new TaxonomyRef("t", 11), Map.of(), "a", "b");

        // when / then
        assertThat(between(one, two).successors()).containsEntry("a", Set.of("a"));
    }

    @Test
    void shouldKnowTheLabelsOfAGroup() {
        assertThat(Crosswalk.labelsOf(third, "c")).containsExactly("c1", "c2");
        assertThat(Crosswalk.labelsOf(third, "x")).containsExactly("x");
    }
}
