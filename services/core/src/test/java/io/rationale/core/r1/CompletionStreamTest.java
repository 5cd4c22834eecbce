package io.rationale.core.r1;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.core.r1.ModelOutcome.Aborted;
import io.rationale.core.r1.ModelOutcome.Complete;
import io.rationale.core.r1.ModelOutcome.ContextExceeded;
import io.rationale.core.r1.ModelOutcome.EmptyThought;
import io.rationale.core.r1.ModelOutcome.ErrorInStream;
import io.rationale.core.r1.ModelOutcome.Loop;
import io.rationale.core.r1.ModelOutcome.Malformed;
import io.rationale.core.r1.ModelOutcome.Overloaded;
import io.rationale.core.r1.ModelOutcome.Refused;
import io.rationale.core.r1.ModelOutcome.StoppedInThought;
import io.rationale.core.r1.ModelOutcome.TimedOut;
import io.rationale.core.r1.ModelOutcome.TruncatedInThought;
import io.rationale.core.r1.ModelOutcome.Unreachable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionStreamTest {
    private static final String THOUGHT = chunk("{\"reasoning_content\":\"so\"}");
    private static final String ANSWER = chunk("{\"content\":\"A\"}");
    private static final String STOP = "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}";
    private static final String DONE = "[DONE]";

    private final CompletionStream stream = new CompletionStream(new LoopGuard());

    @Test
    void shouldSayWhichBytesCarriedPayload() {
        assertThat(feed(": comment\n\n")).isFalse();
        assertThat(feed("\n\r\n")).isFalse();
        assertThat(feed("event: ping\ndata: {}\n\n")).isFalse();
        assertThat(feed("data: keep-alive\n\n")).isFalse();
        assertThat(feed("data:\n\n")).isFalse();
        assertThat(feed(event(chunk("{\"role\":\"assistant\"}")))).isFalse();
        assertThat(feed(event(chunk("{\"role\":\"assistant\",\"content\":\"\",\"reasoning_content\":null}"))))
                .isFalse();
        assertThat(feed("data: " + THOUGHT)).isFalse();
        assertThat(feed("\n\n")).isTrue();
        assertThat(feed(event(ANSWER))).isTrue();
        assertThat(feed(event(chunk("{\"content\":\"\\n\"}")))).isTrue();
        assertThat(feed(event(STOP))).isFalse();
        assertThat(feed(event("{\"choices\":[],\"usage\":{\"completion_tokens\":3}}")))
                .isFalse();
        assertThat(stream.ended()).isFalse();
        assertThat(feed(event(DONE))).isFalse();
        assertThat(stream.ended()).isTrue();
        assertThat(stream.end().outcome()).isEqualTo(new Complete("so", "A\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: %s\n\n",
                "data:%s\n\n",
                "data: %s\r\n\r\n",
                "data: %s\r\r",
                "\ufeffdata: %s\n\n",
                "id: 1\nretry: 5\nevent: message\ndata: %s\n\n",
                ": c\n:\n\ndata: %s\n:c\n\n",
                "data: %s\n: c",
                "unknown\nunknown: field\ndata: %s\n\n",
                "data:  %s \n\n"
            })
    void shouldReadEventsAsTheStandardSays(String form) {
        // given
        String all = form.replace("%s", chunk("{\"reasoning\":\"s\\u00f6 €\",\"content\":\"Ä 😀\"}"))
                + (form.endsWith("c") ? "\n\n" : "")
                + "data: " + STOP.replace(",", ",\ndata: ") + "\n\ndata: [DONE]";

        // then
        for (int size = 1; size < 40; size++) {
            assertThat(read(all, size).end().outcome()).as("size %s", size).isEqualTo(new Complete("sö €", "Ä 😀"));
        }
    }

    @Test
    void shouldJoinCharactersThatAreSplitOverDeltas() {
        feedEvents(
                chunk("{\"content\":\"so</th\"}"),
                chunk("{\"content\":\"ink>\\ud83d\"}"),
                chunk("{\"content\":\"\\ude00\"}"));

        assertThat(ended(STOP, DONE)).isEqualTo(new Complete("so", "😀"));
    }

    @Test
    void shouldCountTheSameTextInTwoFieldsOnce() {
        feedEvents(
                chunk("{\"reasoning\":\"a\",\"reasoning_content\":\"a\"}"),
                chunk("{\"reasoning\":\"b\"}"),
                chunk("{\"reasoning_content\":\"c\"}"),
                chunk("{\"reasoning\":\"d\",\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"d\"}]}"),
                chunk(
                        "{\"reasoning\":null,\"reasoning_details\":[{\"type\":\"reasoning.summary\",\"summary\":\"e\"}]}"),
                chunk("{\"reasoning_details\":[{\"type\":\"reasoning.encrypted\",\"data\":\"x\"}]}"),
                ANSWER);

        assertThat(ended(STOP)).isEqualTo(new Complete("abcde", "A"));
    }

    @Test
    void shouldReadBothFieldsOfOneDelta() {
        feedEvents(chunk("{\"reasoning_content\":\"so\",\"content\":\"A\"}"));

        assertThat(ended(STOP)).isEqualTo(new Complete("so", "A"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"reasoning_content\":\"so\",\"content\":\"A\"}",
                "{\"content\":\"A\"}",
                "{\"content\":\"A and more\"}",
                "{\"reasoning_content\":\"other\",\"content\":\"other\"}",
                "{}"
            })
    void shouldNotCountTextTwiceThatTheLastChunkRepeatsAsAMessage(String message) {
        // given
        feedEvents(THOUGHT, ANSWER);

        // when
        ModelOutcome outcome =
                ended("{\"choices\":[{\"delta\":{},\"message\":%s,\"finish_reason\":\"stop\"}]}".formatted(message));

        // then
        assertThat(outcome).isEqualTo(new Complete("so", message.contains("more") ? "A and more" : "A"));
    }

    @Test
    void shouldNotTakeTheThoughtOfARepeatingMessageForAnother() {
        // given
        feedEvents(chunk("{\"content\":\"<think>so</think>A\"}"));

        // when
        ModelOutcome outcome = ended(
                "{\"choices\":[{\"message\":{\"reasoning_content\":\"so\",\"content\":\"A\"},\"finish_reason\":\"stop\"}]}");

        // then
        assertThat(outcome).isEqualTo(new Complete("so", "A"));
    }

    @Test
    void shouldTakeFromAMessageWhatNoDeltaSaid() {
        feedEvents(THOUGHT);

        assertThat(ended("{\"choices\":[{\"message\":{\"content\":\"A\"},\"finish_reason\":\"stop\"}]}"))
                .isEqualTo(new Complete("so", "A"));
    }

    @Test
    void shouldReadOnlyTheFirstChoice() {
        feedEvents(
                "{\"choices\":[{\"index\":1,\"delta\":{\"content\":\"X\"}},{\"index\":0,\"delta\":{\"content\":\"so</think>A\"}}]}",
                "{\"choices\":[{\"index\":1,\"delta\":{\"content\":\"X\"},\"finish_reason\":\"length\"}]}");

        assertThat(ended(STOP)).isEqualTo(new Complete("so", "A"));
    }

    @Test
    void shouldReadLegacyText() {
        feedEvents(
                "{\"choices\":[{\"text\":\"so</think>\"}]}",
                "{\"choices\":[{\"text\":\"A\",\"finish_reason\":\"stop\"}]}");

        assertThat(stream.end().outcome()).isEqualTo(new Complete("so", "A"));
    }

    @Test
    void shouldReadContentInParts() {
        feedEvents(
                chunk("{\"content\":[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"so\"}]}]}"),
                chunk("{\"content\":[{\"type\":\"text\",\"text\":\"A\"}]}"));

        assertThat(ended(STOP)).isEqualTo(new Complete("so", "A"));
    }

    @ParameterizedTest
    @CsvSource({
        "stop, complete",
        "eos_token, complete",
        "tool_calls, complete",
        "length, truncated-in-answer",
        "max_tokens, truncated-in-answer",
        "abort, aborted",
        "error, aborted",
        "content_filter, aborted",
        "insufficient_system_resource, aborted",
        "repetition, loop"
    })
    void shouldNameTheEndByItsReason(String reason, String outcome) {
        feedEvents(
                THOUGHT, "{\"choices\":[{\"delta\":{\"content\":\"A\"},\"finish_reason\":\"%s\"}]}".formatted(reason));

        assertThat(ended(DONE).name()).isEqualTo(outcome);
    }

    @Test
    void shouldNotNeedBothEnds() {
        assertThat(read(events(THOUGHT, ANSWER, STOP), 7).end().outcome()).isEqualTo(new Complete("so", "A"));
        assertThat(read(events(THOUGHT, ANSWER, STOP), 7).brokenOff("reset").outcome())
                .isEqualTo(new Complete("so", "A"));
        assertThat(read(events(THOUGHT, ANSWER, STOP), 7)
                        .timedOut(ModelOutcome.Timer.IDLE)
                        .outcome())
                .isEqualTo(new Complete("so", "A"));
        assertThat(read(events(THOUGHT, ANSWER, DONE), 7).end().outcome()).isEqualTo(new Complete("so", "A"));
    }

    @Test
    void shouldNotTakeAStreamForCompleteThatNobodyEnded() {
        // given
        String cut = events(THOUGHT, ANSWER);

        // then
        assertThat(read(cut, 7).end().outcome())
                .isEqualTo(new Unreachable("the stream ended before the answer did", "so", "A"));
        assertThat(read(cut, 7).brokenOff("reset").outcome()).isEqualTo(new Unreachable("reset", "so", "A"));
        assertThat(read(cut, 7).timedOut(ModelOutcome.Timer.IDLE).outcome())
                .isEqualTo(new TimedOut(ModelOutcome.Timer.IDLE, "so", "A"));
        assertThat(read("", 7).end().outcome()).isInstanceOf(Unreachable.class);
        assertThat(read(": alive\n\n", 7).brokenOff("reset").outcome()).isEqualTo(new Unreachable("reset"));
    }

    @Test
    void shouldKeepWhatWasThoughtUntilTheConnectionBroke() {
        assertThat(read(events(chunk("{\"content\":\"Okay, so\"}")), 5)
                        .brokenOff("reset")
                        .outcome())
                .isEqualTo(new Unreachable("reset", "Okay, so", ""));
        assertThat(read(events(chunk("{\"content\":\"so</think>A\"}")), 5)
                        .brokenOff("reset")
                        .outcome())
                .isEqualTo(new Unreachable("reset", "so", "A"));
    }

    @Test
    void shouldTakeUnmarkedTextForAnAnswerOnlyWhereTheModelStopped() {
        // given
        String text = chunk("{\"content\":\"Okay, so\"}");

        // then
        assertThat(read(events(text, STOP), 5).end().outcome()).isEqualTo(new EmptyThought("Okay, so"));
        assertThat(read(events(text, STOP.replace("stop", "length")), 5).end().outcome())
                .isEqualTo(new TruncatedInThought("Okay, so"));
        assertThat(read(events(chunk("{\"content\":\"<think>so\"}"), STOP), 5)
                        .end()
                        .outcome())
                .isEqualTo(new StoppedInThought("so"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"message\":\"boom\",\"type\":\"server_error\"}}",
                "{\"error\":\"boom\"}",
                "{\"object\":\"error\",\"message\":\"boom\"}",
                "{\"choices\":[{\"index\":0,\"error\":{\"message\":\"boom\"},\"finish_reason\":\"error\"}]}",
                "{\"type\":\"error\",\"error\":{\"message\":\"boom\"}}",
                "{\"error\":{\"message\":\"boom\",\"code\":\"server_error\"}}",
                "{\"error\":{\"message\":\"boom\",\"code\":0}}"
            })
    void shouldReadErrorsAfterStatus200(String error) {
        // given
        feedEvents(THOUGHT, ANSWER);

        // when
        feedEvents(error);

        // then
        assertThat(stream.ended()).isTrue();
        assertThat(ended(DONE)).isEqualTo(new ErrorInStream("boom", "so", "A"));
        assertThat(read(error, 9).end().outcome()).isEqualTo(new ErrorInStream("boom", "", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "event: error\ndata: {\"message\":\"boom\"}\n\n",
                "event: error\ndata: {\"error\":\"boom\"}\n\n",
                "event: error\ndata: \"boom\"\n\n",
                "error: {\"code\":500,\"message\":\"boom\",\"type\":\"server_error\"}\n\ndata: [DONE]\n\n",
                "event:error\ndata:boom went it\n\n"
            })
    void shouldReadEventsThatAreErrors(String event) {
        // given
        feedEvents(THOUGHT);

        // when
        feed(event);

        // then
        assertThat(stream.ended()).isTrue();
        assertThat(((ErrorInStream) stream.end().outcome()).message()).startsWith("boom");
    }

    @Test
    void shouldReadAnErrorThatAGatewayPassedOnWithoutAFrame() {
        // given
        feedEvents(THOUGHT);

        // when
        feed("{\"error\":{\"message\":\"boom\"}}\n");

        // then
        assertThat(((ErrorInStream) stream.end().outcome()).message()).isEqualTo("boom");
    }

    /** A server that breaks at one request may be well otherwise. */
    @Test
    void shouldKeepWhatCameBeforeAnErrorOfTheServer() {
        assertThat(read(events(THOUGHT, "{\"error\":{\"message\":\"bad template\",\"code\":500}}"), 9)
                        .end()
                        .outcome())
                .isInstanceOfSatisfying(ErrorInStream.class, error -> {
                    assertThat(error.message()).isEqualTo("bad template");
                    assertThat(error.reasoning()).isNotEmpty();
                });
    }

    @Test
    void shouldGiveAnErrorItsOwnStatus() {
        assertThat(read(events(THOUGHT, "{\"error\":{\"message\":\"no\",\"code\":429}}"), 9)
                        .end()
                        .outcome())
                .isEqualTo(new Overloaded(429, "no", Optional.empty()));
        assertThat(read(events(THOUGHT, "{\"error\":{\"message\":\"no\",\"code\":\"503\"}}"), 9)
                        .end()
                        .outcome())
                .isEqualTo(new Overloaded(503, "no", Optional.empty()));
        assertThat(read(events("{\"object\":\"error\",\"message\":\"no\",\"code\":400}"), 9)
                        .end()
                        .outcome())
                .isEqualTo(new Refused(400, "no"));
        assertThat(read(events("{\"error\":{\"message\":\"maximum context length is 10 tokens\"}}"), 9)
                        .end()
                        .outcome())
                .isEqualTo(new ContextExceeded(
                        "maximum context length is 10 tokens", OptionalInt.empty(), OptionalInt.of(10)));
    }

    @Test
    void shouldReadABodyThatIsNoStream() {
        // given
        String body =
                "{\n  \"model\": \"r1\",\n\n  \"choices\": [\n{\"message\":{\"reasoning\":\"so\",\"content\":\"A\"}}\n]}";

        // then
        for (String form :
                List.of(body, "\n\n\n" + body, body.replace("\n", ""), ": alive\n\n" + body, "\ufeff" + body)) {
            assertThat(read(form, 3).end()).isEqualTo(new ChatCompletion(new Complete("so", "A"), "r1", Usage.NONE));
        }
        assertThat(feed("\n\n")).isFalse();
        assertThat(feed("{\"choices\":[{\"message\":")).isTrue();
        assertThat(feed("{\"content\"")).isTrue();
        assertThat(stream.brokenOff("reset").outcome()).isEqualTo(new Unreachable("reset"));
    }

    @Test
    void shouldReadOllamasOwnLines() {
        // given
        String lines = """
                {"model":"deepseek-r1:8b","message":{"role":"assistant","content":"","thinking":"so"},"done":false}
                {"model":"deepseek-r1:8b","message":{"role":"assistant","content":"A"},"done":false}
                {"message":{"content":""},"done":true,"done_reason":"stop","prompt_eval_count":5,"eval_count":3}
                """;

        // then
        assertThat(read(lines, 11).end())
                .isEqualTo(new ChatCompletion(new Complete("so", "A"), "deepseek-r1:8b", new Usage(5, 2, 1, 0)));
        assertThat(read(lines.substring(0, lines.lastIndexOf("{\"message\"")), 11)
                        .end()
                        .outcome())
                .isInstanceOf(Unreachable.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html><title>502</title></html>",
                "Bad Gateway",
                "[]",
                "\"text\"",
                "{",
                "{}",
                "{\"choices\":[]}",
                "data: {\"choices\n\n",
                "data: <html>\n\n"
            })
    void shouldTakeAnythingElseForMalformed(String body) {
        assertThat(read(body, 5).end().outcome()).isInstanceOf(Malformed.class);
    }

    @Test
    void shouldNotReadOnAfterTheEnd() {
        feedEvents(THOUGHT, ANSWER, STOP, DONE, chunk("{\"content\":\"B\"}"), "{\"error\":\"boom\"}");

        assertThat(stream.end().outcome()).isEqualTo(new Complete("so", "A"));
    }

    @Test
    void shouldKeepTheLastUsageOfAnyChunk() {
        feedEvents(
                "{\"choices\":[{\"delta\":{\"content\":\"A\"}}],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":1}}",
                "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}],\"usage\":null}",
                "{\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":9,\"prompt_tokens_details\":{\"cached_tokens\":4}}}");

        assertThat(stream.end().usage()).isEqualTo(new Usage(5, 0, 9, 4));
    }

    @Test
    void shouldReadUsageFromTimings() {
        feedEvents(
                THOUGHT,
                ANSWER,
                "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}],\"timings\":{\"cache_n\":30,\"prompt_n\":20,\"predicted_n\":9}}");

        assertThat(stream.end().usage()).isEqualTo(new Usage(50, 6, 3, 30));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999", "-5", "\"7\"", "[]", "true", "99999999999999999999999999"})
    void shouldNotBelieveAbsurdCounts(String count) {
        feedEvents(
                THOUGHT,
                STOP,
                "{\"choices\":[],\"usage\":{\"prompt_tokens\":%1$s,\"completion_tokens\":%1$s}}".formatted(count));

        assertThat(stream.end().usage()).isEqualTo(Usage.NONE);
    }

    @Test
    void shouldStopAtALoopAndKeepIt() {
        // given
        int fed = 0;
        while (!stream.looping() && fed < 5_000) {
            feedEvents(chunk("{\"reasoning_content\":\"Wait, let me check. \"}"));
            fed++;
        }

        // then
        assertThat(fed).isLessThan(500);
        assertThat(stream.end().outcome()).isEqualTo(new Loop("Wait, let me check. ".repeat(fed), ""));
    }

    @Test
    void shouldNotTakeAnAnswerForALoopThatRepeatsItsDraft() {
        // given
        String draft = new Texts(new Random(5)).verdicts(16);
        String json = io.rationale.core.json.Json.line(draft + draft);

        // when
        feedEvents(
                chunk("{\"content\":" + json + "}"), chunk("{\"content\":\"</thi\"}"), chunk("{\"content\":\"nk>\"}"));
        feedEvents(chunk("{\"content\":" + json + "}"));

        // then
        assertThat(stream.looping()).isFalse();
        assertThat(ended(STOP)).isEqualTo(new Complete(draft + draft, draft + draft));
    }

    @Test
    void shouldNotTakeAnAnswerForALoopThatTheModelEnded() {
        feedEvents(THOUGHT, chunk("{\"content\":\"" + "A ".repeat(5_000) + "\"}"), STOP);

        assertThat(stream.looping()).isTrue();
        assertThat(stream.end().outcome()).isInstanceOf(Complete.class);
    }

    @Test
    void shouldPreferTheLoopToTheLimitThatEndedIt() {
        feedEvents(chunk("{\"reasoning\":\"" + "A ".repeat(5_000) + "\"}"), STOP.replace("stop", "length"));

        assertThat(stream.end().outcome()).isInstanceOf(Loop.class);
    }

    @Test
    void shouldNotKeepALineWithoutEnd() {
        // given
        byte[] piece = "x".repeat(1024 * 1024).getBytes(StandardCharsets.UTF_8);
        feed("data: ");

        // when
        int pieces = 0;
        while (!stream.ended() && pieces < 100) {
            stream.feed(piece, 0, piece.length);
            pieces++;
        }

        // then
        assertThat(pieces).isLessThan(6);
        assertThat(stream.end().outcome()).isInstanceOf(Malformed.class);
    }

    @Test
    void shouldReadAnEventWithInvalidUtf8AsTheStandardSays() {
        // given
        List<Byte> bytes = new ArrayList<>();
        for (byte b : events(THOUGHT, ANSWER, STOP).getBytes(StandardCharsets.UTF_8)) {
            bytes.add(b == 'A' ? (byte) 0xC3 : b);
        }
        byte[] damaged = new byte[bytes.size()];
        for (int i = 0; i < damaged.length; i++) {
            damaged[i] = bytes.get(i);
        }

        // when
        stream.feed(damaged, 0, damaged.length);

        // then
        assertThat(stream.end().outcome()).isEqualTo(new Complete("so", "\ufffd"));
    }

    @Test
    void shouldKeepAnAbortedAnswer() {
        feedEvents(THOUGHT, ANSWER, STOP.replace("stop", "abort"));

        assertThat(stream.end().outcome()).isEqualTo(new Aborted("so", "A"));
    }

    private ModelOutcome ended(String... events) {
        feedEvents(events);
        return stream.end().outcome();
    }

    private void feedEvents(String... events) {
        feed(events(events));
    }

    private boolean feed(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return stream.feed(bytes, 0, bytes.length);
    }

    private static CompletionStream read(String text, int size) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        CompletionStream stream = new CompletionStream(new LoopGuard());
        for (int at = 0; at < bytes.length; at += size) {
            stream.feed(bytes, at, Math.min(size, bytes.length - at));
        }
        return stream;
    }

    private static String events(String... events) {
        StringBuilder all = new StringBuilder();
        for (String data : events) {
            all.append(event(data));
        }
        return all.toString();
    }

    private static String event(String data) {
        return "data: " + data + "\n\n";
    }

    private static String chunk(String delta) {
        return "{\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":null}]}";
    }
}
