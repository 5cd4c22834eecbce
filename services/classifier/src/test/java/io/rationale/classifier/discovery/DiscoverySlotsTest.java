package io.rationale.classifier.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rationale.classifier.r1.SpareSlots;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class DiscoverySlotsTest {
    private final AtomicInteger capacity = new AtomicInteger(4);
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private final DiscoverySlots slots =
            new DiscoverySlots(2, new SpareSlots(capacity::get, calls::get, waiting::get, Clock.systemUTC()));

    @Test
    void shouldPassNoMoreThanItsShare() throws InterruptedException {
        // given
        slots.acquire();
        slots.acquire();
        Thread third = acquiring();

        // when
        assertThat(hasEndedSoon(third)).isFalse();
        slots.release();

        // then
        await().until(() -> !third.isAlive());
    }

    @Test
    void shouldGoBehindNotesThatWait() {
        // given
        waiting.set(1);
        Thread call = acquiring();

        // when
        assertThat(hasEndedSoon(call)).isFalse();
        waiting.set(0);

        // then
        await().until(() -> !call.isAlive());
    }

    @Test
    void shouldTakeOnlySlotsThatAreFree() {
        // given
        calls.set(4);
        Thread call = acquiring();

        // when
        assertThat(hasEndedSoon(call)).isFalse();
        capacity.set(5);

        // then
        await().until(() -> !call.isAlive());
    }

    private Thread acquiring() {
        return Thread.ofVirtual().start(() -> {
            try {
                slots.acquire();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static boolean hasEndedSoon(Thread thread) {
        try {
            return thread.join(java.time.Duration.ofMillis(200));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
