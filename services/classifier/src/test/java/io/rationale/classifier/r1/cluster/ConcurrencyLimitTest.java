package io.rationale.classifier.r1.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rationale.classifier.r1.cluster.ConcurrencyLimit.Bounds;
import io.rationale.classifier.r1.cluster.ConcurrencyLimit.Ticket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ConcurrencyLimitTest {
    private static final Duration PREFILL = Duration.ofMillis(200);
    private static final Ending ANSWERED = new Ending.Answered();
    private static final Ending NEUTRAL = new Ending.Neutral();
    private static final int PROMPT = 1000;

    private final ManualClock clock = new ManualClock();
    private ConcurrencyLimit limit = new ConcurrencyLimit(Bounds.DEFAULT);
    /** Sent, in order: with a slot, and without. */
    private final List<Ticket> running = new ArrayList<>();

    private final List<Ticket> queue = new ArrayList<>();
    private int slots = 32;

    @Test
    void shouldFindTheSlotsWithAShortQueue() {
        // when
        fill();

        // then
        assertThat(limit.slots()).isEqualTo(32);
        assertThat(queue).hasSizeBetween(1, 4);
    }

    @Test
    void shouldFindTheTwoSlotsOfASmallServer() {
        // given
        slots = 2;

        // when
        fill();

        // then
        assertThat(limit.slots()).isEqualTo(2);
        assertThat(queue).hasSizeBetween(1, 2);
    }

    @Test
    void shouldReplaceAnEndedCallAtOnce() {
        // given
        fill();
        turnOver(10);

        // when
        running.removeFirst().end(now(), ANSWERED);

        // then
        assertThat(limit.hasRoom(now())).isTrue();
    }

    @Test
    void shouldRefillAtOnceAfterAnIdlePhase() {
        // given
        fill();
        endAll();
        clock.advance(Duration.ofHours(3));

        // when
        send();

        // then
        assertThat(limit.inFlight()).isGreaterThanOrEqualTo(32);
    }

    @Test
    void shouldNotBeDisturbedByLongThoughts() {
        // given
        fill();

        // when: half of the calls end again and again, half think for an hour
        for (int i = 0; i < 200; i++) {
            clock.advance(Duration.ofSeconds(18));
            running.remove(16).end(now(), ANSWERED);
            send();
            serve();
        }

        // then
        assertThat(limit.slots()).isEqualTo(32);
        assertThat(queue).hasSizeBetween(1, 4);
    }

    @Test
    void shouldNotFeedAQueueWhoseSlotsAreGone() {
        // given
        fill();
        slots = 8;

        // when: slots that are left are not given to what waits
        for (int i = 0; i < 40 && running.size() > 8; i++) {
            clock.advance(Duration.ofSeconds(5));
            running.removeFirst().end(now(), ANSWERED);
            send();
            serve();
        }

        // then
        assertThat(queue).hasSizeLessThanOrEqualTo(6);
    }

    @Test
    void shouldForgetSlotsThatAreGone() {
        // given
        fill();
        slots = 8;

        // when
        turnOver(60);

        // then
        assertThat(limit.slots()).isBetween(8, 9);
    }

    @Test
    void shouldFindSlotsThatAreAdded() {
        // given
        fill();
        slots = 64;

        // when
        turnOver(20);

        // then
        assertThat(limit.slots()).isEqualTo(64);
    }

    @Test
    void shouldGrowAlsoWhenSlowPrefillIsTakenForAQueue() {
        // given: a floor from a short prompt that was cached
        Ticket cached = limit.send(now(), PROMPT);
        clock.advance(Duration.ofMillis(10));
        cached.firstPayload(now());
        cached.end(now(), ANSWERED);

        // when
        fill();

        // then
        assertThat(limit.slots()).isEqualTo(32);
    }

    @Test
    void shouldAllowALongPromptItsPrefill() {
        // given: five times the floor, for a prompt of ten times the length
        fill();
        endAll();
        slots = 64;
        Ticket longOne = limit.send(now(), 10 * PROMPT);
        clock.advance(PREFILL.multipliedBy(5));

        // when
        longOne.firstPayload(now());
        running.add(longOne);
        send();

        // then: nothing is taken for a queue
        assertThat(limit.inFlight()).isEqualTo(32 + 4);
    }

    @Test
    void shouldNotTakeACallThatOthersOvertookForAQueue() {
        // given
        fill();
        endAll();
        slots = 64;
        limit.send(now(), PROMPT);
        clock.advance(Duration.ofMinutes(1));

        // when
        turnOver(20);

        // then
        assertThat(limit.slots()).isGreaterThanOrEqualTo(60);
    }

    @Test
    void shouldCutOnceARoundWhenCallsAreRejected() {
        // given
        fill();
        int before = limit.inFlight();

        // when
        queue.forEach(ticket -> ticket.end(now(), new Ending.Overloaded(Optional.empty())));

        // then
        assertThat(limit.limit(now())).isEqualTo((int) (before * 0.7));
        assertThat(limit.hasRoom(now())).isFalse();
    }

    @Test
    void shouldCutWhenCallsTimeOut() {
        // given
        fill();
        int before = limit.inFlight();

        // when
        running.removeFirst().end(now(), new Ending.TimedOut());

        // then
        assertThat(limit.limit(now())).isEqualTo((int) (before * 0.7));
    }

    @Test
    void shouldComeBackAfterACut() {
        // given
        fill();
        running.removeFirst().end(now(), new Ending.TimedOut());

        // when
        turnOver(400);

        // then
        assertThat(limit.limit(now())).isGreaterThanOrEqualTo(32);
    }

    @Test
    void shouldStayClosedForAsLongAsTheServerAsks() {
        // given
        Ticket ticket = limit.send(now(), PROMPT);

        // when
        ticket.end(now(), new Ending.Overloaded(Optional.of(Duration.ofSeconds(30))));

        // then
        clock.advance(Duration.ofSeconds(29));
        assertThat(limit.hasRoom(now())).isFalse();
        assertThat(limit.closedUntil(now()))
                .hasValue(now() + Duration.ofSeconds(1).toNanos());
        clock.advance(Duration.ofSeconds(1));
        assertThat(limit.hasRoom(now())).isTrue();
        assertThat(limit.closedUntil(now())).isEmpty();
    }

    @Test
    void shouldNotStayClosedForADay() {
        // given
        Ticket ticket = limit.send(now(), PROMPT);

        // when
        ticket.end(now(), new Ending.Overloaded(Optional.of(Duration.ofSeconds(Long.MAX_VALUE))));

        // then
        clock.advance(Duration.ofMinutes(5));
        assertThat(limit.hasRoom(now())).isTrue();
    }

    @Test
    void shouldLearnNothingFromCallsGivenUp() {
        // given
        fill();
        int before = limit.limit(now());

        // when
        Ticket ticket = running.removeFirst();
        ticket.end(now(), NEUTRAL);
        ticket.end(now(), new Ending.TimedOut());

        // then
        assertThat(limit.limit(now())).isEqualTo(before);
        assertThat(limit.inFlight()).isEqualTo(running.size() + queue.size());
    }

    @Test
    void shouldKeepWithinItsBounds() {
        // given
        limit = new ConcurrencyLimit(new Bounds(4, 10, OptionalInt.empty()));
        int first = limit.limit(now());

        // when
        fill();

        // then
        assertThat(first).isEqualTo(4);
        assertThat(limit.inFlight()).isEqualTo(10);
        assertThatThrownBy(() -> new Bounds(0, 10, OptionalInt.empty())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Bounds(5, 4, OptionalInt.empty())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldKeepToAFixedLimitUntilItIsRejected() {
        // given
        limit = new ConcurrencyLimit(Bounds.fixed(20));
        fill();
        int reached = limit.inFlight();

        // when
        running.removeFirst().end(now(), new Ending.Overloaded(Optional.empty()));

        // then
        assertThat(reached).isEqualTo(20);
        assertThat(limit.limit(now())).isEqualTo(14);
    }

    @Test
    void shouldStayAtTheDefaultWhereNothingIsStreamed() {
        // given
        Ticket ticket = limit.send(now(), PROMPT);
        clock.advance(Duration.ofMinutes(1));

        // when
        ticket.end(now(), ANSWERED);

        // then
        assertThat(limit.limit(now())).isEqualTo(ConcurrencyLimit.UNSEEN);
    }

    @Test
    void shouldReadTheServersMetricsWhereNothingIsStreamed() {
        // given
        limit.send(now(), PROMPT).end(now(), ANSWERED);

        // when
        for (int i = 0; i < 20; i++) {
            while (limit.hasRoom(now())) {
                limit.send(now(), PROMPT);
            }
            clock.advance(Duration.ofSeconds(5));
            limit.observed(now(), Math.min(32, limit.inFlight()), Math.max(0, limit.inFlight() - 32));
        }

        // then
        assertThat(limit.slots()).isEqualTo(32);
        assertThat(limit.inFlight()).isBetween(33, 36);
    }

    private long now() {
        return clock.nanos();
    }

    private void send() {
        while (limit.hasRoom(now())) {
            queue.add(limit.send(now(), PROMPT));
        }
    }

    /** What waits gets the slots that are free, and its first payload after the prefill. */
    private void serve() {
        clock.advance(PREFILL);
        while (running.size() < slots && !queue.isEmpty()) {
            Ticket first = queue.removeFirst();
            running.add(first);
            first.firstPayload(now());
        }
    }

    private void fill() {
        for (int i = 0; i < 60; i++) {
            send();
            serve();
        }
    }

    /** So many calls end one after the other and are followed by others. */
    private void turnOver(int calls) {
        for (int i = 0; i < calls; i++) {
            clock.advance(Duration.ofSeconds(5));
            if (!running.isEmpty()) {
                running.removeFirst().end(now(), ANSWERED);
            }
            send();
            serve();
        }
    }

    private void endAll() {
        List.copyOf(running).forEach(ticket -> ticket.end(now(), ANSWERED));
        List.copyOf(queue).forEach(ticket -> ticket.end(now(), NEUTRAL));
        running.clear();
        queue.clear();
    }
}
