package io.rationale.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RunAgreementTest {
    /** A contingency table of 1 1 0 | 1 2 1 | 0 0 4, as in Yeung and Ruzzo's supplement (2001): 0.313. */
    @Test
    void shouldAgreeWithAPublishedExample() {
        // given
        Map<String, String> one = labels("u1", "u1", "u2", "u2", "u2", "u2", "u3", "u3", "u3", "u3");
        Map<String, String> other = labels("v1", "v2", "v1", "v2", "v2", "v3", "v3", "v3", "v3", "v3");

        // when, then
        assertThat(RunAgreement.adjustedRand(one, other)).isCloseTo(0.313, within(0.0005));
    }

    @Test
    void shouldBeOneForTheSameAndAboutNoneForChance() {
        // given
        Random random = new Random(11);
        Map<String, String> one = new HashMap<>();
        Map<String, String> other = new HashMap<>();
        for (int i = 0; i < 5000; i++) {
            one.put("n" + i, "c" + random.nextInt(6));
            other.put("n" + i, "d" + random.nextInt(6));
        }

        // when, then
        assertThat(RunAgreement.adjustedRand(one, one)).isEqualTo(1);
        assertThat(RunAgreement.adjustedRand(one, other)).isCloseTo(0, within(0.01));
        assertThat(RunAgreement.adjustedRand(Map.of("n", "a"), Map.of("n", "b")))
                .isEqualTo(1);
    }

    @Test
    void shouldCompareACategoryOnlyWhereBothRunsHaveRead() {
        // given
        List<Set<String>> members = List.of(Set.of("a", "b", "c"), Set.of("a", "b"), Set.of());
        List<Set<String>> seen = List.of(Set.of("a", "b", "c"), Set.of("a", "b"), Set.of("a", "b", "c"));

        // when, then
        assertThat(RunAgreement.ofCategory(members, seen)).hasValueCloseTo(1.0 / 3, within(1e-9));
        assertThat(RunAgreement.ofCategory(members.subList(0, 1), seen.subList(0, 1)))
                .isEmpty();
    }

    private static Map<String, String> labels(String... labels) {
        Map<String, String> labelling = new HashMap<>();
        for (int i = 0; i < labels.length; i++) {
            labelling.put("n" + i, labels[i]);
        }
        return labelling;
    }
}
