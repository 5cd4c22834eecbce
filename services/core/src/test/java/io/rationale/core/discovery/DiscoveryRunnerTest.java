package io.rationale.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rationale.core.audit.Exchange;
import io.rationale.core.r1.ReasoningModel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DiscoveryRunnerTest {
    private static final DiscoverySettings SETTINGS = DiscoverySettings.DEFAULT.withSizes(12, 4000, 10);

    private final Discovery discovery = new Discovery(NoteSample.of(Notes.of(30, "late", "wrong")), SETTINGS);
    private final TopicReader r1 = new TopicReader();
    private final AtomicInteger ids = new AtomicInteger();

    @Test
    void shouldRunToTheEndAndKeepEveryExchange() throws InterruptedException {
        // given
        List<Exchange> kept = new ArrayList<>();
        List<DiscoveryProgress> progress = new ArrayList<>();

        // when
        runner(r1, CallSlots.UNBOUNDED).run(discovery, (exchanges, now) -> {
            kept.addAll(exchanges);
            progress.add(now);
        });

        // then
        DiscoveryResult result = discovery.result().orElseThrow();
        assertThat(result.taxonomy().category("late-trouble")).isPresent();
        assertThat(kept)
                .hasSameSizeAs(r1.asked)
                .extracting(Exchange::id)
                .containsExactlyInAnyOrderElementsOf(
                        result.steps().stream().map(StepSummary::exchangeId).toList());
        assertThat(kept).allSatisfy(exchange -> assertThat(exchange.reasoning()).isEqualTo("I have read it all."));
        assertThat(progress.getLast().phase()).isEqualTo("ended");
        assertThat(progress).extracting(DiscoveryProgress::done).isSorted();
    }

    @Test
    void shouldTakeASlotForEachCallAndGiveItBack() throws InterruptedException {
        // given
        Semaphore slots = new Semaphore(2);
        AtomicInteger taken = new AtomicInteger();
        AtomicInteger calls = new AtomicInteger();
        AtomicInteger mostFree = new AtomicInteger();
        ReasoningModel counting = request -> {
            calls.incrementAndGet();
            mostFree.accumulateAndGet(slots.availablePermits(), Math::max);
            return r1.call(request);
        };

        // when
        runner(counting, slotsOf(slots, taken)).run(discovery, (exchanges, now) -> {});

        // then
        assertThat(calls).hasPositiveValue();
        assertThat(taken).hasValue(calls.get());
        assertThat(mostFree).as("free slots during a call that has its own").hasValueLessThanOrEqualTo(1);
        assertThat(slots.availablePermits()).isEqualTo(2);
    }

    @Test
    void shouldGiveUpItsCallsWhenInterrupted() throws InterruptedException {
        // given
        CountDownLatch asked = new CountDownLatch(1);
        AtomicInteger givenUp = new AtomicInteger();
        Semaphore slots = new Semaphore(3);
        ReasoningModel silent = request -> {
            asked.countDown();
            try {
                new CountDownLatch(1).await();
                throw new AssertionError("nobody counts down");
            } finally {
                givenUp.incrementAndGet();
            }
        };
        AtomicReference<Throwable> end = new AtomicReference<>();
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                runner(silent, slotsOf(slots)).run(discovery, (exchanges, now) -> {});
            } catch (InterruptedException e) {
                end.set(e);
            }
        });
        asked.await();

        // when
        thread.interrupt();
        thread.join();

        // then
        assertThat(end.get()).isInstanceOf(InterruptedException.class);
        assertThat(givenUp.get()).isPositive();
        assertThat(slots.availablePermits()).isEqualTo(3);
        assertThat(discovery.hasEnded()).isFalse();
    }

    @Test
    void shouldNotHideAFault() {
        // given
        ReasoningModel broken = request -> {
            throw new IllegalStateException("broken");
        };

        // when, then
        assertThatThrownBy(() -> runner(broken, CallSlots.UNBOUNDED).run(discovery, (exchanges, now) -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("broken");
    }

    private DiscoveryRunner runner(ReasoningModel model, CallSlots slots) {
        return new DiscoveryRunner(model, slots, () -> "exchange-" + ids.incrementAndGet());
    }

    private static CallSlots slotsOf(Semaphore semaphore) {
        return slotsOf(semaphore, new AtomicInteger());
    }

    private static CallSlots slotsOf(Semaphore semaphore, AtomicInteger taken) {
        return new CallSlots() {
            @Override
            public void acquire() throws InterruptedException {
                semaphore.acquire();
                taken.incrementAndGet();
            }

            @Override
            public void release() {
                semaphore.release();
            }
        };
    }
}
