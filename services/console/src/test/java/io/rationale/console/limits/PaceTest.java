package io.rationale.console.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaceTest {
    /** A thousand bytes in each stretch. */
    private final Pace pace = new Pace(Duration.ofSeconds(10), 100);

    private boolean isTooSlow(boolean waiting, long bytes, long seconds) {
        return pace.isTooSlow(waiting, bytes, TimeUnit.SECONDS.toNanos(seconds));
    }

    @Test
    void shouldWaitForWhoeverSendsEnough() {
        for (int second = 0; second <= 100; second++) {
            assertThat(isTooSlow(true, 100L * second, second)).isFalse();
        }
    }

    @Test
    void shouldSeeWhoSendsAByteNowAndThen() {
        for (int second = 0; second < 10; second++) {
            assertThat(isTooSlow(true, second, second)).isFalse();
        }
        assertThat(isTooSlow(true, 10, 10)).isTrue();
    }

    @Test
    void shouldSeeWhoStopsAfterAQuickBeginning() {
        // given
        assertThat(isTooSlow(true, 0, 0)).isFalse();
        assertThat(isTooSlow(true, 1_000_000, 10)).isFalse();

        // then
        assertThat(isTooSlow(true, 1_000_000, 19)).isFalse();
        assertThat(isTooSlow(true, 1_000_000, 20)).isTrue();
    }

    @Test
    void shouldNotCountTimeInWhichNobodyIsWaitedFor() {
        // given
        assertThat(isTooSlow(true, 0, 0)).isFalse();
        assertThat(isTooSlow(true, 500, 9)).isFalse();

        // when the console itself does not read
        assertThat(isTooSlow(false, 500, 10)).isFalse();
        assertThat(isTooSlow(false, 500, 60)).isFalse();

        // then the stretch begins anew
        assertThat(isTooSlow(true, 500, 61)).isFalse();
        assertThat(isTooSlow(true, 500, 70)).isFalse();
        assertThat(isTooSlow(true, 500, 71)).isTrue();
    }
}
