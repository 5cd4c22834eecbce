package io.rationale.classifier.r1.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.classifier.Fixtures;
import io.rationale.classifier.r1.cluster.ConcurrencyLimit.Bounds;
import io.rationale.core.r1.ModelOutcome;
import io.rationale.core.r1.ModelRequest;
import io.rationale.core.r1.Prompt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BalancerTest {
    private static final ModelOutcome COMPLETE = new ModelOutcome.Complete("thought", "answer");
    private static final ModelOutcome AWAY = new ModelOutcome.Unreachable("connection refused");
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(11);

    private final ManualClock clock = new ManualClock();
    private Balancer balancer = new Balancer(Bounds.fixed(10), RandomGenerator.getDefault());

    @Test
    void shouldSendNothingToAnEndpointBeforeAProbe() {
        // given
        balancer.setEndpoints(endpoints("a"));

        // when
        Optional<Admission> before = admit(1);
        boolean mine = balancer.tryStartProbe("a", now());
        boolean another = balancer.tryStartProbe("a", now());
        balancer.probeSucceeded("a", now());

        // then
        assertThat(before).isEmpty();
        assertThat(mine).isTrue();
        assertThat(another).isFalse();
        assertThat(admit(1)).isPresent();
        assertThat(balancer.tryStartProbe("a", now())).isFalse();
    }

    @Test
    void shouldTakeTheEndpointWithTheLeastOutstandingTokens() {
        // given: the root of the notes counts, and the prompt
        up("a", "b");
        String first = name(admit(100));
        String second = name(admit(4));
        String third = name(admit(4));

        // when
        String fourth = name(admit(1));

        // then
        assertThat(second).isNotEqualTo(first).isEqualTo(third).isEqualTo(fourth);
    }

    @Test
    void shouldGoAroundWhereAllAreAlike() {
        // given
        up("a", "b", "c");

        // when
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Admission admission = admit(1).orElseThrow();
            names.add(admission.endpoint().name());
            admission.givenUp(now());
        }

        // then
        assertThat(names).containsExactly("a", "b", "c", "a", "b", "c");
    }

    @Test
    void shouldHaveNoRoomBeyondTheLimits() {
        // given
        up("a", "b");

        // when
        List<Admission> admissions = take(100);

        // then
        assertThat(admissions).hasSize(20);
        assertThat(balancer.capacity(now())).isEqualTo(20);
        admissions.getFirst().replied(now(), Fixtures.reply(COMPLETE));
        assertThat(take(100)).hasSize(1);
    }

    @Test
    void shouldOpenTheBreakerAfterThreeFailuresAndCloseItByAProbe() {
        // given
        up("a", "b");

        // when
        List<Admission> calls = take(20);
        calls.forEach(call -> reply(call, call.endpoint().name().equals("a") ? AWAY : COMPLETE));

        // then
        assertThat(status("a").phase()).isEqualTo(EndpointStatus.Phase.DOWN);
        assertThat(status("a").reason()).contains("connection refused");
        assertThat(names(take(100))).containsOnly("b");
        assertThat(balancer.tryStartProbe("a", now())).isFalse();

        // when
        clock.advance(LONGEST_PAUSE);
        boolean due = balancer.tryStartProbe("a", now());
        boolean whileProbing = names(take(100)).contains("a");
        balancer.probeSucceeded("a", now());

        // then
        assertThat(due).isTrue();
        assertThat(whileProbing).isFalse();
        assertThat(names(take(100))).containsOnly("a");
    }

    @Test
    void shouldProbeLessAndLessOftenWhileProbesFail() {
        // given
        balancer.setEndpoints(endpoints("a"));
        List<Integer> probes = new ArrayList<>();

        // when
        for (int millis = 0; millis < 60_000; millis += 250) {
            if (balancer.tryStartProbe("a", now())) {
                probes.add(millis);
                balancer.probeFailed("a", now(), "loading");
            }
            clock.advance(Duration.ofMillis(250));
        }

        // then: pauses from half a second to ten
        assertThat(probes.get(1)).isBetween(500, 1250);
        assertThat(probes).hasSizeBetween(9, 18);
        assertThat(balancer.outage()).contains("a: loading");
    }

    @Test
    void shouldNotCloseTheBreakerForACallFromBefore() {
        // given
        up("a");
        List<Admission> calls = take(10);
        calls.subList(0, 3).forEach(call -> reply(call, AWAY));
        clock.advance(LONGEST_PAUSE);
        balancer.tryStartProbe("a", now());

        // when: one while the probe runs, others after it has succeeded
        reply(calls.get(3), COMPLETE);
        boolean closed = status("a").phase() == EndpointStatus.Phase.UP;
        balancer.probeSucceeded("a", now());
        calls.subList(4, 10).forEach(call -> reply(call, AWAY));

        // then
        assertThat(closed).isFalse();
        assertThat(status("a").phase()).isEqualTo(EndpointStatus.Phase.UP);
    }

    @Test
    void shouldNotTakeAFullServerForABrokenOne() {
        // given: it works on calls of ours
        up("a");
        List<Admission> calls = take(10);
        calls.get(0).firstPayload(now());

        // when
        calls.subList(1, 10).forEach(call -> reply(call, new ModelOutcome.Overloaded(503, "full", Optional.empty())));

        // then
        assertThat(status("a").phase()).isEqualTo(EndpointStatus.Phase.UP);
        assertThat(status("a").limit()).isEqualTo(7);
    }

    @Test
    void shouldTakeAServerThatRejectsAllForABrokenOne() {
        // given
        up("a");

        // when
        take(3).forEach(call -> reply(call, new ModelOutcome.Overloaded(503, "loading", Optional.empty())));

        // then
        assertThat(balancer.outage()).contains("a: HTTP 503: loading");
        assertThat(balancer.capacity(now())).isZero();
    }

    @Test
    void shouldLeaveAnEndpointAloneForAsLongAsItAsks() {
        // given
        up("a", "b");
        Admission first = admit(1).orElseThrow();

        // when
        reply(first, new ModelOutcome.Overloaded(429, "slow down", Optional.of(Duration.ofSeconds(20))));

        // then
        assertThat(names(take(100))).doesNotContain(first.endpoint().name()).hasSize(10);
        assertThat(balancer.nextRoom(now()))
                .hasValue(now() + Duration.ofSeconds(20).toNanos());
        assertThat(balancer.capacity(now())).isEqualTo(10);
        clock.advance(Duration.ofSeconds(20));
        assertThat(names(take(100))).contains(first.endpoint().name());
    }

    @Test
    void shouldLetARemovedEndpointFinishItsCalls() {
        // given
        up("a", "b");
        List<Admission> calls = take(2);

        // when
        balancer.setEndpoints(endpoints("b", "c"));

        // then
        assertThat(names(take(100))).containsOnly("b");
        assertThat(status("a").phase()).isEqualTo(EndpointStatus.Phase.REMOVED);
        assertThat(balancer.tryStartProbe("a", now())).isFalse();
        assertThat(status("c").phase()).isEqualTo(EndpointStatus.Phase.NEW);
        calls.forEach(call -> reply(call, COMPLETE));
        assertThat(balancer.status(now())).extracting(EndpointStatus::name).containsExactly("b", "c");
    }

    @Test
    void shouldKeepWhatItKnowsOfAnEndpointThatStaysListed() {
        // given
        up("a");
        take(3);

        // when
        balancer.setEndpoints(endpoints("a", "b"));

        // then
        assertThat(status("a").phase()).isEqualTo(EndpointStatus.Phase.UP);
        assertThat(status("a").inFlight()).isEqualTo(3);
    }

    @Test
    void shouldSayWhyNoEndpointIsUp() {
        // given
        Optional<String> none = balancer.outage();
        balancer.setEndpoints(endpoints("a", "b"));
        balancer.tryStartProbe("a", now());

        // when
        balancer.probeFailed("a", now(), "connection refused");

        // then
        assertThat(none).contains("no endpoint is configured");
        assertThat(balancer.outage()).contains("a: connection refused; b: not probed yet");
        balancer.probeSucceeded("b", now());
        assertThat(balancer.outage()).isEmpty();
    }

    @Test
    void shouldNotNameAnEndpointThatIsRemoved() {
        // given: it still works on a call
        up("a");
        take(1);

        // when
        balancer.setEndpoints(endpoints("b"));

        // then
        assertThat(balancer.outage()).contains("b: not probed yet");
    }

    @Test
    void shouldReleaseOnceWhateverIsToldTwice() {
        // given
        up("a");
        Admission admission = admit(1).orElseThrow();

        // when
        reply(admission, COMPLETE);
        reply(admission, COMPLETE);
        admission.givenUp(now());

        // then
        assertThat(status("a").inFlight()).isZero();
        assertThat(status("a").outstandingTokens()).isZero();
    }

    @Test
    void shouldTellOfEachChange() {
        // given
        up("a");
        AtomicInteger changes = new AtomicInteger();
        balancer.onChange(changes::incrementAndGet);

        // when
        Admission admission = admit(1).orElseThrow();
        admission.firstPayload(now());
        reply(admission, COMPLETE);
        balancer.observed("a", now(), 1, 0);

        // then
        assertThat(changes).hasValue(3);
    }

    @Test
    void shouldOfferMoreAsSlotsAreFound() {
        // given
        balancer = new Balancer(Bounds.DEFAULT, RandomGenerator.getDefault());
        up("a");
        int before = balancer.capacity(now());

        // when
        take(100).forEach(admission -> admission.firstPayload(now()));

        // then
        assertThat(before).isEqualTo(2);
        assertThat(balancer.capacity(now())).isEqualTo(4);
    }

    private long now() {
        return clock.nanos();
    }

    private void up(String... names) {
        balancer.setEndpoints(endpoints(names));
        for (String name : names) {
            balancer.tryStartProbe(name, now());
            balancer.probeSucceeded(name, now());
        }
    }

    private static List<Endpoint> endpoints(String... names) {
        return Stream.of(names)
                .map(name -> new Endpoint(name, (request, firstPayload) -> Fixtures.reply(COMPLETE)))
                .toList();
    }

    private Optional<Admission> admit(int notes) {
        return balancer.admit(now(), new ModelRequest("id", new Prompt("instructions", "notes"), notes));
    }

    private List<Admission> take(int most) {
        return Stream.generate(() -> admit(1))
                .limit(most)
                .takeWhile(Optional::isPresent)
                .map(Optional::orElseThrow)
                .toList();
    }

    private void reply(Admission admission, ModelOutcome outcome) {
        admission.replied(now(), Fixtures.reply(outcome));
    }

    private static String name(Optional<Admission> admission) {
        return admission.orElseThrow().endpoint().name();
    }

    private static List<String> names(List<Admission> admissions) {
        return admissions.stream().map(admission -> admission.endpoint().name()).toList();
    }

    private EndpointStatus status(String name) {
        return balancer.status(now()).stream()
                .filter(status -> status.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
