package io.rationale.core.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TaxonomyEditsTest {
    private final Taxonomy base = new Taxonomy(
            "t",
            1,
            null,
            null,
            List.of(
                    category("stage", null),
                    category("a", "stage"),
                    new Category("b", "stage", "B", "not `a`", "use `a`", List.of("b1", "b2"), null, null),
                    category("c", null),
                    category("no-error", null),
                    category("other", null)),
            Map.of());

    private final Taxonomy draft = TaxonomyEdits.next(base, 2);

    @Test
    void shouldBeginWithWhatTheVersionBeforeSays() {
        assertThat(draft.ref()).hasToString("t@2");
        assertThat(draft.status()).isEqualTo(Taxonomy.Status.PROPOSED);
        assertThat(TaxonomyDiff.between(base, draft).isEmpty()).isTrue();
        assertThat(TaxonomyDiff.between(base, draft).crosswalk()).hasSize(6).containsEntry("a", "a");
    }

    @Test
    void shouldRenameWithAllThatRefersToIt() {
        // when
        Taxonomy renamed = TaxonomyEdits.rename(draft, "a", "alpha", "Alpha");

        // then
        assertThat(renamed.category("b").orElseThrow().definition()).isEqualTo("not `alpha`");
        assertThat(renamed.category("b").orElseThrow().notThis()).isEqualTo("use `alpha`");
        TaxonomyDiff diff = TaxonomyDiff.between(base, renamed);
        assertThat(diff.renamed()).containsExactly(new TaxonomyDiff.Renamed("a", "alpha", "a", "Alpha"));
        assertThat(diff.added()).isEmpty();
        assertThat(diff.removed()).isEmpty();
        assertThat(diff.crosswalk()).containsEntry("a", "alpha");
    }

    @Test
    void shouldRenameAGroupWithoutMovingWhatStandsBelow() {
        // when
        TaxonomyDiff diff = TaxonomyDiff.between(base, TaxonomyEdits.rename(draft, "stage", "phase", "Phase"));

        // then
        assertThat(diff.moved()).isEmpty();
        assertThat(diff.redefined()).isEmpty();
    }

    @Test
    void shouldForgetARenamingThatIsTakenBack() {
        // when
        Taxonomy back = TaxonomyEdits.rename(TaxonomyEdits.rename(draft, "a", "x", null), "x", "a", "a");

        // then
        assertThat(back).isEqualTo(draft);
    }

    @Test
    void shouldFollowACategoryThroughSeveralEdits() {
        // when: a becomes x, x goes into c, c becomes y
        Taxonomy edited = TaxonomyEdits.rename(draft, "a", "x", null);
        edited = TaxonomyEdits.merge(edited, "c", List.of("x"));
        edited = TaxonomyEdits.rename(edited, "c", "y", null);

        // then
        TaxonomyDiff diff = TaxonomyDiff.between(base, edited);
        assertThat(diff.crosswalk()).containsEntry("a", "y").containsEntry("c", "y");
        assertThat(diff.merged()).containsExactly(new TaxonomyDiff.Merged("y", List.of("a", "c")));
        assertThat(diff.added()).isEmpty();
        assertThat(TaxonomyFaults.beforeUse(edited)).isEmpty();
    }

    @Test
    void shouldKeepApartTwoThatSwapTheirIds() {
        // when
        Taxonomy edited = TaxonomyEdits.rename(draft, "a", "tmp", null);
        edited = TaxonomyEdits.rename(edited, "c", "a", null);
        edited = TaxonomyEdits.rename(edited, "tmp", "c", null);

        // then
        assertThat(TaxonomyDiff.between(base, edited).crosswalk())
                .containsEntry("a", "c")
                .containsEntry("c", "a");
    }

    @Test
    void shouldMergeExamplesUpToThree() {
        // given
        Taxonomy edited = TaxonomyEdits.redefine(draft, "c", c -> example(c, List.of("c1", "b1", "c2")));
        edited = TaxonomyEdits.redefine(edited, "a", a -> example(a, List.of("a1")));

        // when
        Taxonomy merged = TaxonomyEdits.merge(edited, "b", List.of("c", "a"));

        // then
        assertThat(merged.category("b").orElseThrow().examples()).containsExactly("b1", "b2", "c1");
        assertThat(merged.labels()).containsOnlyKeys("b", "no-error", "other");
    }

    @Test
    void shouldSplitALabelIntoPartsBelowIt() {
        // when
        Taxonomy split = TaxonomyEdits.split(draft, "c", List.of(category("c1", null), category("c2", "a")));

        // then
        assertThat(split.labels()).containsOnlyKeys("a", "b", "c1", "c2", "no-error", "other");
        TaxonomyDiff diff = TaxonomyDiff.between(base, split);
        assertThat(diff.split()).containsExactly(new TaxonomyDiff.Split("c", List.of("c1", "c2")));
        assertThat(diff.added()).extracting(Category::id).containsExactly("c1", "c2");
        assertThat(diff.crosswalk()).containsEntry("c", "c");
    }

    @Test
    void shouldMoveAndRedefine() {
        // when
        Taxonomy edited = TaxonomyEdits.move(draft, "c", "stage");
        edited = TaxonomyEdits.redefine(edited, "c", c -> example(c, List.of("quote")));

        // then
        TaxonomyDiff diff = TaxonomyDiff.between(base, edited);
        assertThat(diff.moved()).containsExactly(new TaxonomyDiff.Moved("c", null, "stage"));
        assertThat(diff.redefined()).containsExactly(new TaxonomyDiff.Redefined("c", List.of("examples")));
    }

    @Test
    void shouldAddBeforeTheTwoThatEveryTaxonomyHas() {
        // when
        Taxonomy added = TaxonomyEdits.add(draft, category("new", null));

        // then
        assertThat(added.categories())
                .extracting(Category::id)
                .containsExactly("stage", "a", "b", "c", "new", "no-error", "other");
        assertThat(TaxonomyDiff.between(base, added).added())
                .extracting(Category::id)
                .containsExactly("new");
    }

    @Test
    void shouldTellWhatIsGone() {
        // given
        Taxonomy without = new Taxonomy(
                "t", 3, null, null, List.of(category("no-error", null), category("other", null)), Map.of());

        // then
        assertThat(TaxonomyDiff.between(base, without).removed())
                .extracting(Category::id)
                .containsExactly("stage", "a", "b", "c");
    }

    @Test
    void shouldRemoveWithAllThatLedToIt() {
        // given: a lives on in c
        Taxonomy merged = TaxonomyEdits.merge(draft, "c", List.of("a"));

        // when
        Taxonomy removed = TaxonomyEdits.remove(merged, "c");

        // then
        TaxonomyDiff diff = TaxonomyDiff.between(base, removed);
        assertThat(diff.removed()).extracting(Category::id).containsExactly("a", "c");
        assertThat(diff.crosswalk()).containsOnlyKeys("stage", "b", "no-error", "other");
        assertThat(TaxonomyFaults.beforeUse(removed)).isEmpty();
    }

    @Test
    void shouldRefuseWhatLeavesNoTaxonomy() {
        refused(() -> TaxonomyEdits.rename(draft, "none", "x", null), "There is no category 'none' in t@2.");
        refused(() -> TaxonomyEdits.rename(draft, "a", "b", null), "'b' is taken");
        refused(() -> TaxonomyEdits.rename(draft, "other", "rest", null), "'other' keeps its id");
        refused(() -> TaxonomyEdits.merge(draft, "a", List.of("a")), "into itself");
        refused(() -> TaxonomyEdits.merge(draft, "a", List.of("other")), "'other' stays");
        refused(() -> TaxonomyEdits.merge(draft, "c", List.of("stage")), "Other categories stand below 'stage'");
        refused(() -> TaxonomyEdits.split(draft, "c", List.of(category("x", null))), "two or more");
        refused(
                () -> TaxonomyEdits.split(draft, "c", List.of(category("a", null), category("x", null))),
                "stands twice");
        refused(() -> TaxonomyEdits.remove(draft, "stage"), "Other categories stand below 'stage'");
        refused(() -> TaxonomyEdits.remove(draft, "no-error"), "'no-error' stays");
        refused(() -> TaxonomyEdits.move(draft, "stage", "a"), "its own ancestor");
        refused(() -> TaxonomyEdits.move(draft, "a", "other"), "must stay a leaf");
    }

    private static void refused(ThrowingCallable edit, String sentence) {
        assertThatExceptionOfType(InvalidTaxonomyException.class)
                .isThrownBy(edit)
                .withMessageContaining(sentence);
    }

    private static Category example(Category c, List<String> examples) {
        return new Category(
                c.id(), c.parent(), c.name(), c.definition(), c.notThis(), examples, c.remedy(), c.colour());
    }

    private static Category category(String id, String parent) {
        return new Category(id, parent, null, "definition", null, null, null, null);
    }
}
