package io.rationale.classifier.r1.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rationale.classifier.Fixtures;
import io.rationale.classifier.r1.cluster.ConcurrencyLimit.Bounds;
import io.rationale.core.r1.ModelOutcome;
import io.rationale.core.r1.ModelReply;
import io.rationale.core.r1.ModelRequest;
import io.rationale.core.r1.Prompt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BalancingModelTest {
    private static final ModelOutcome COMPLETE = new ModelOutcome.Complete("thought", "answer");

    private final Balancer balancer = new Balancer(Bounds.fixed(1), RandomGenerator.getDefault());
    private final BalancingModel model = new BalancingModel(balancer, System::nanoTime);
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore answers = new Semaphore(0);
    private final ConcurrentLinkedQueue<String> called = new ConcurrentLinkedQueue<>();
    private volatile ModelOutcome outcome = COMPLETE;

    @AfterEach
    void stopCallers() {
        callers.shutdownNow();
    }

    @Test
    void shouldWaitWhileNoEndpointIsUp() throws Exception {
        // given
        answers.release();
        Future<ModelReply> call = call("1");
        awaitWaiting(1);
        balancer.setEndpoints(List.of(endpoint("a")));
        awaitWaiting(1);

        // when
        balancer.probeSucceeded("a", System.nanoTime());

        // then
        assertThat(call.get().outcome()).isEqualTo(COMPLETE);
    }

    @Test
    void shouldServeInTheOrderOfComing() throws Exception {
        // given
        up("a");
        List<Future<ModelReply>> calls = new ArrayList<>();
        calls.add(call("0"));
        await().until(() -> called.size() == 1);
        for (int i = 1; i < 20; i++) {
            calls.add(call("" + i));
            awaitWaiting(i);
        }

        // when
        answers.release(20);
        for (Future<ModelReply> call : calls) {
            call.get();
        }

        // then
        assertThat(called).extracting(Integer::valueOf).isSorted().hasSize(20);
    }

    @Test
    void shouldStartAllForWhomOneChangeMakesRoom() {
        // given
        Balancer wide = new Balancer(Bounds.fixed(5), RandomGenerator.getDefault());
        BalancingModel wideModel = new BalancingModel(wide, System::nanoTime);
        wide.setEndpoints(List.of(endpoint("a")));
        for (int i = 0; i < 7; i++) {
            callers.submit(() -> wideModel.call(request("id")));
        }
        await().until(() -> wideModel.waiting() == 7);

        // when
        wide.probeSucceeded("a", System.nanoTime());

        // then
        await().until(() -> called.size() == 5 && wideModel.waiting() == 2);
    }

    @Test
    void shouldUseAnEndpointThatIsAdded() throws Exception {
        // given
        up("a");
        Future<ModelReply> first = call("1");
        await().until(() -> called.size() == 1);
        Future<ModelReply> second = call("2");
        awaitWaiting(1);

        // when
        balancer.setEndpoints(List.of(endpoint("a"), endpoint("b")));
        balancer.probeSucceeded("b", System.nanoTime());
        await().until(() -> called.size() == 2);
        answers.release(2);

        // then
        first.get();
        second.get();
        assertThat(model.waiting()).isZero();
    }

    @Test
    void shouldGoOnWithTheNextWhenTheFirstWaiterIsInterrupted() throws Exception {
        // given
        up("a");
        Future<ModelReply> first = call("1");
        await().until(() -> called.size() == 1);
        Future<ModelReply> second = call("2");
        awaitWaiting(1);
        Future<ModelReply> third = call("3");
        awaitWaiting(2);

        // when
        second.cancel(true);
        awaitWaiting(1);
        answers.release(2);

        // then
        first.get();
        third.get();
        assertThat(called).containsExactly("1", "3");
    }

    @Test
    void shouldGiveBackTheRoomOfAnInterruptedCall() throws Exception {
        // given
        up("a");
        Future<ModelReply> first = call("1");
        await().until(() -> called.size() == 1);

        // when
        first.cancel(true);
        answers.release();

        // then: and nothing was learnt from it
        assertThat(call("2").get().outcome()).isEqualTo(COMPLETE);
        assertThat(balancer.capacity(System.nanoTime())).isEqualTo(1);
    }

    @Test
    void shouldAskElsewhereWhenAServerIsTakenOutBeforeItHadWords() throws Exception {
        // given: a server that hangs, with words for three calls and none for the fourth
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch silence = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Server hanging = (request, firstPayload) -> {
            if (calls.incrementAndGet() <= 3) {
                firstPayload.run();
                silence.await();
            } else {
                never.await();
            }
            return Fixtures.reply(new ModelOutcome.TimedOut(ModelOutcome.Timer.IDLE, "I think", ""));
        };
        Balancer wide = new Balancer(Bounds.fixed(4), RandomGenerator.getDefault());
        BalancingModel wideModel = new BalancingModel(wide, System::nanoTime);
        wide.setEndpoints(List.of(new Endpoint("hanging", hanging)));
        wide.probeSucceeded("hanging", System.nanoTime());
        for (int i = 1; i <= 3; i++) {
            callers.submit(() -> wideModel.call(request("id")));
        }
        await().until(() -> calls.get() == 3);
        Future<ModelReply> wordless = callers.submit(() -> wideModel.call(request("id")));
        await().until(() -> calls.get() == 4);
        wide.setEndpoints(List.of(new Endpoint("hanging", hanging), endpoint("b")));
        wide.probeSucceeded("b", System.nanoTime());
        answers.release();

        // when
        silence.countDown();

        // then
        assertThat(wordless.get().outcome()).isEqualTo(COMPLETE);
        assertThat(wide.status(System.nanoTime()))
                .extracting(EndpointStatus::inFlight)
                .containsOnly(0);
    }

    @Test
    void shouldGiveBackTheRoomOfACallThatThrows() throws Exception {
        // given
        balancer.setEndpoints(List.of(new Endpoint("a", (request, firstPayload) -> {
            throw new IllegalStateException("a bug");
        })));
        balancer.probeSucceeded("a", System.nanoTime());

        // when
        assertThat(call("1")).failsWithin(Duration.ofSeconds(10));

        // then
        assertThat(balancer.status(System.nanoTime()).getFirst().inFlight()).isZero();
    }

    @Test
    void shouldWakeWhenThePauseThatTheServerAskedForIsOver() throws Exception {
        // given
        up("a");
        answers.release(2);
        outcome = new ModelOutcome.Overloaded(429, "slow down", Optional.of(Duration.ofMillis(300)));
        long start = System.nanoTime();
        call("1").get();
        outcome = COMPLETE;

        // when
        call("2").get();

        // then
        assertThat(System.nanoTime() - start)
                .isGreaterThanOrEqualTo(Duration.ofMillis(300).toNanos());
    }

    @Test
    void shouldNeverExceedTheLimitsNorForgetACaller() throws Exception {
        // given
        Balancer wide = new Balancer(Bounds.DEFAULT, RandomGenerator.getDefault());
        BalancingModel wideModel = new BalancingModel(wide, System::nanoTime);
        AtomicInteger calls = new AtomicInteger();
        Server server = (request, firstPayload) -> {
            firstPayload.run();
            Thread.yield();
            calls.incrementAndGet();
            return Fixtures.reply(COMPLETE);
        };
        wide.setEndpoints(List.of(new Endpoint("a", server), new Endpoint("b", server)));
        wide.probeSucceeded("a", System.nanoTime());
        wide.probeSucceeded("b", System.nanoTime());

        // when
        List<Future<ModelReply>> futures = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            futures.add(callers.submit(() -> wideModel.call(request("id"))));
        }
        for (Future<ModelReply> future : futures) {
            future.get(30, TimeUnit.SECONDS);
        }

        // then
        assertThat(calls).hasValue(2000);
        assertThat(wide.status(System.nanoTime())).allSatisfy(status -> {
            assertThat(status.inFlight()).isZero();
            assertThat(status.outstandingTokens()).isZero();
        });
    }

    private void up(String name) {
        balancer.setEndpoints(List.of(endpoint(name)));
        balancer.probeSucceeded(name, System.nanoTime());
    }

    private Endpoint endpoint(String name) {
        return new Endpoint(name, (request, firstPayload) -> {
            called.add(request.exchangeId());
            answers.acquire();
            return Fixtures.reply(outcome);
        });
    }

    private Future<ModelReply> call(String id) {
        return callers.submit(() -> model.call(request(id)));
    }

    private static ModelRequest request(String id) {
        return new ModelRequest(id, new Prompt("prompt", ""), 1);
    }

    private void awaitWaiting(int callersWaiting) {
        await().until(() -> model.waiting() == callersWaiting);
    }
}
