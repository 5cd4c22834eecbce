package io.rationale.core.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TaxonomyVersionsTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final Taxonomy configured = taxonomy("t", 1);

    @Test
    void shouldJudgeUnderTheConfiguredVersionWhereNoneWasActivated() {
        // given: what nodes have published so far, and a proposal
        TaxonomyVersions versions =
                versions(taxonomy("t", 1), taxonomy("t", 2), taxonomy("t", 3).with(Taxonomy.Status.PROPOSED));

        // then
        assertThat(versions.active()).isEqualTo(configured);
        assertThat(statuses(versions)).isEqualTo(Map.of("t@1", "active", "t@2", "retired", "t@3", "proposed"));
    }

    @Test
    void shouldJudgeUnderTheLatestActivation() {
        // given
        TaxonomyVersions versions = versions(
                taxonomy("t", 2).activated(at(5)),
                taxonomy("t", 3).activated(at(9)).with(Taxonomy.Status.RETIRED),
                taxonomy("a", 4).activated(at(7)));

        // then
        assertThat(versions.active().ref()).hasToString("a@4");
        assertThat(statuses(versions))
                .isEqualTo(Map.of("t@1", "retired", "t@2", "retired", "t@3", "retired", "a@4", "active"));
        assertThat(versions.find(new TaxonomyRef("t", 2)).orElseThrow().status())
                .isEqualTo(Taxonomy.Status.RETIRED);
        assertThat(versions.nextVersion("t")).isEqualTo(4);
        assertThat(versions.nextVersion("new")).isEqualTo(1);
    }

    @Test
    void shouldActivateLaterThanAllOthersEvenWithAClockThatIsLate() {
        // given
        TaxonomyVersions versions = versions(taxonomy("t", 2).activated(at(5)));

        // when
        Taxonomy late = versions.activation(taxonomy("t", 3), "you", NOON);
        Taxonomy later = versions.activation(taxonomy("t", 3), "you", NOON.plusSeconds(600));

        // then
        assertThat(versions(taxonomy("t", 2).activated(at(5)), late).active()).isEqualTo(late);
        assertThat(later.activation()).isEqualTo(new Taxonomy.Activation("you", NOON.plusSeconds(600)));
    }

    @Test
    void shouldDecideBetweenEqualsTheSameEverywhere() {
        assertThat(versions(taxonomy("b", 1).activated(at(5)), taxonomy("a", 9).activated(at(5)))
                        .active()
                        .ref())
                .hasToString("b@1");
        assertThat(versions(taxonomy("a", 9).activated(at(5)), taxonomy("a", 10).activated(at(5)))
                        .active()
                        .ref())
                .hasToString("a@10");
    }

    @Test
    void shouldLeaveOutWhatStandsUnderAnotherKey() {
        assertThat(new TaxonomyVersions(
                                configured, Map.of("t@7", taxonomy("t", 8).activated(at(1))))
                        .active())
                .isEqualTo(configured);
    }

    private TaxonomyVersions versions(Taxonomy... published) {
        return new TaxonomyVersions(
                configured,
                Arrays.stream(published)
                        .collect(Collectors.toMap(each -> each.ref().toString(), Function.identity())));
    }

    private static Map<String, String> statuses(TaxonomyVersions versions) {
        return versions.all().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, each -> each.getValue().status().code()));
    }

    private static Taxonomy.Activation at(int minutes) {
        return new Taxonomy.Activation("me", NOON.plusSeconds(60L * minutes));
    }

    private static Taxonomy taxonomy(String id, int version) {
        return new Taxonomy(
                id,
                version,
                null,
                null,
                List.of(
                        new Category("no-error", null, null, "d", null, null, null, null),
                        new Category("other", null, null, "d", null, null, null, null)),
                null);
    }
}
