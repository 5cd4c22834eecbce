package io.rationale.simulator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrefixCacheTest {
    private static final String BLOCK = "x".repeat(64);

    @Test
    void shouldCountWholeLeadingBlocksAndNeverTheWholePrompt() {
        // given
        PrefixCache cache = new PrefixCache(2);

        // when
        int unknown = cache.lookUpAndRemember(BLOCK + BLOCK + "first");
        int sameStart = cache.lookUpAndRemember(BLOCK + BLOCK + "second");
        int otherStart = cache.lookUpAndRemember("y" + BLOCK + BLOCK);
        int whole = cache.lookUpAndRemember(BLOCK + BLOCK);

        // then
        assertThat(unknown).isZero();
        assertThat(sameStart).isEqualTo(32);
        assertThat(otherStart).isZero();
        assertThat(whole).isEqualTo(16);
    }
}
