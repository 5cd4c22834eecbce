package io.rationale.classifier.r1.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rationale.classifier.AppResource;
import io.rationale.core.json.Bytes;
import io.rationale.core.r1.CompletionStream;
import io.rationale.core.r1.LoopGuard;
import io.rationale.core.r1.ModelOutcome;
import io.rationale.core.r1.ModelOutcome.Timer;
import io.rationale.core.r1.ModelReply;
import io.rationale.simulator.fault.Fault;
import io.rationale.simulator.profile.ServerProfile;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The client against every server, in both ways of asking, with everything that can go wrong: {@link Expected} holds what
 * is right. The cases of a server follow each other, the servers run beside each other, from the first test on.
 */
@QuarkusTest
@Tag("application")
@QuarkusTestResource(AppResource.class)
@Timeout(60)
class ConformanceTest {
    private static final ExecutorService LANES = Executors.newVirtualThreadPerTaskExecutor();
    private static final Map<Case, Future<Observed>> OBSERVED = new HashMap<>();

    @BeforeAll
    static void begin() {
        Arrays.stream(ServerProfile.values()).forEach(ConformanceTest::begin);
    }

    private static void begin(ServerProfile profile) {
        List<Case> cases = Case.of(profile).toList();
        Rig rig = new Rig(profile);
        List<FutureTask<Observed>> tasks = cases.stream()
                .map(each -> new FutureTask<>(() -> rig.observe(each)))
                .toList();
        for (int i = 0; i < cases.size(); i++) {
            OBSERVED.put(cases.get(i), tasks.get(i));
        }
        LANES.execute(() -> {
            tasks.forEach(FutureTask::run);
            rig.close();
        });
    }

    @AfterAll
    static void end() {
        LANES.shutdownNow();
    }

    static List<Case> cases() {
        return Case.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void shouldNameHowACallEnded(Case each) throws Exception {
        // given
        Expected expected = Expected.of(each);

        // when
        ModelReply reply = OBSERVED.get(each).get().reply();

        // then
        assertThat(reply.outcome()).as(each.toString()).isInstanceOf(expected.outcome());
        assertThat(reply.status()).isEqualTo(expected.status());
        assertThat(reply.outcome().retriable() || reply.outcome().unavailable())
                .isEqualTo(expected.handling() == Expected.Handling.SENT_AGAIN);
        if (reply.outcome() instanceof ModelOutcome.TimedOut timedOut) {
            assertThat(timedOut.timer()).isEqualTo(timer(each));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void shouldKeepWhatTheServerSent(Case each) throws Exception {
        // when
        Observed observed = OBSERVED.get(each).get();

        // then: the bytes are those that another client gets
        Sent received = new Sent(observed.reply().response().strictUtf8().orElseThrow());
        if (Expected.bodyEnds(each.fault())) {
            assertThat(received.comparable())
                    .as(each.toString())
                    .isEqualTo(observed.sent().comparable());
        } else {
            assertThat(observed.sent().comparable())
                    .as(each.toString())
                    .startsWith(received.wholeLines().comparable());
        }
        ModelOutcome outcome = observed.reply().outcome();
        if (each.streamed() && (each.fault() == Fault.RESET || each.fault() == Fault.STALL)) {
            assertThat(outcome.reasoning()).as(each.toString()).isNotBlank();
        }
        // and they mean the same however they are cut
        if (observed.reply().status() == 200) {
            ModelOutcome again = readByteByByte(observed.reply().response());
            assertThat(again.reasoning()).as(each.toString()).isEqualTo(outcome.reasoning());
            assertThat(again.content()).isEqualTo(outcome.content());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void shouldKeepThoughtAndAnswerUntrimmed(Case each) throws Exception {
        // given
        Observed observed = OBSERVED.get(each).get();
        ModelOutcome outcome = observed.reply().outcome();
        String thought = observed.sent().thought();
        String content = observed.sent().content();

        // then
        if (each.profile() == ServerProfile.VLLM_RAW) {
            assertThat(content)
                    .as(each.toString())
                    .startsWith(outcome.reasoning())
                    .contains(outcome.content());
        } else {
            assertThat(thought.replaceFirst("^<think>", "")).startsWith(outcome.reasoning());
            assertThat(content).as(each.toString()).startsWith(outcome.content());
        }
        if (outcome instanceof ModelOutcome.Complete) {
            int tags = "<think>".length() + "</think>".length();
            assertThat(outcome.reasoning().length() + outcome.content().length())
                    .isBetween(thought.length() + content.length() - tags, thought.length() + content.length());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void shouldDecideEachNoteOnceAndAskNothingInVain(Case each) throws Exception {
        // given
        Expected expected = Expected.of(each);

        // when
        Observed observed = OBSERVED.get(each).get();

        // then
        assertThat(observed.decisions()).as(each.toString()).hasSize(Notes.COUNT);
        assertThat(Notes.categories(observed.decisions())).as(each.toString()).isEqualTo(Notes.CATEGORIES);
        assertThat(observed.asked())
                .as(each.toString())
                .isEqualTo(expected.handling().asked());
        assertThat(observed.requests()).isEqualTo(observed.asked().size());
    }

    private static Timer timer(Case each) {
        if (!each.streamed()) {
            return Timer.TOTAL;
        }
        return each.fault() == Fault.HANG ? Timer.FIRST_PAYLOAD : Timer.IDLE;
    }

    private static ModelOutcome readByteByByte(Bytes body) {
        CompletionStream stream = new CompletionStream(new LoopGuard());
        for (byte b : body.toArray()) {
            stream.feed(new byte[] {b}, 0, 1);
        }
        return stream.brokenOff("the end").outcome();
    }
}
