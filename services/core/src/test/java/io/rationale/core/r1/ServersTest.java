package io.rationale.core.r1;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.core.json.Bytes;
import io.rationale.core.r1.ModelOutcome.Aborted;
import io.rationale.core.r1.ModelOutcome.Complete;
import io.rationale.core.r1.ModelOutcome.EmptyThought;
import io.rationale.core.r1.ModelOutcome.StoppedInThought;
import io.rationale.core.r1.ModelOutcome.TruncatedInAnswer;
import io.rationale.core.r1.ModelOutcome.TruncatedInThought;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each server makes of the same generation must come out the same, whole and streamed. */
class ServersTest {
    private static final String THOUGHT = "\nSö, note n1 😀 asks for {a list}.\nWait, \"no\" <b>.\n";
    private static final String ANSWER = "\n\n{\"verdicts\":[{\"id\":\"n1\",\"rationale\":\"ü 😀\"}]}";

    private final long seed =
            Long.getLong("rationale.seed", ThreadLocalRandom.current().nextLong());
    private final Random random = new Random(seed);

    static List<Server> servers() {
        return Server.ALL;
    }

    @ParameterizedTest
    @MethodSource("servers")
    void shouldReadACompleteAnswer(Server server) {
        assertOutcome(server, THOUGHT, ANSWER, "stop", new Complete(thought(server), ANSWER));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void shouldReadAnAnswerThatWasCut(Server server) {
        assertOutcome(server, THOUGHT, ANSWER, "length", new TruncatedInAnswer(thought(server), ANSWER));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void shouldReadAThoughtThatWasCut(Server server) {
        assertOutcome(server, THOUGHT, null, "length", new TruncatedInThought(thought(server)));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void shouldReadAThoughtThatNeverClosed(Server server) {
        // given
        boolean marked = server.hasField() || !server.before().isEmpty();

        // then
        assertOutcome(
                server,
                THOUGHT,
                null,
                "stop",
                marked ? new StoppedInThought(thought(server)) : new EmptyThought(THOUGHT));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void shouldReadAnAnswerWithoutAThought(Server server) {
        // given
        String answer = server.hasField() && !server.before().isEmpty() ? ANSWER : "A";

        // then
        assertOutcome(server, "", answer, "stop", new EmptyThought(answer));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void shouldReadAGenerationThatTheServerGaveUp(Server server) {
        assertOutcome(server, THOUGHT, ANSWER, "abort", new Aborted(thought(server), ANSWER));
    }

    private void assertOutcome(Server server, String thought, String content, String finish, ModelOutcome expected) {
        Usage usage = new Usage(50, 20, 10, 0);
        String body = server.body(thought, content, finish);
        assertThat(ChatCompletion.parse(Bytes.utf8("\n\n" + body)))
                .isEqualTo(new ChatCompletion(expected, "deepseek-r1", usage));
        for (int i = 0; i < 30; i++) {
            String stream = server.stream(thought, content, finish, random);
            for (String form : List.of(stream, stream.replace("\n", "\r\n"), stream.replace("\n", "\r"), body)) {
                assertThat(read(form.getBytes(StandardCharsets.UTF_8)))
                        .as("seed %s, stream %s", seed, form)
                        .isEqualTo(new ChatCompletion(expected, "deepseek-r1", usage));
            }
        }
    }

    private ChatCompletion read(byte[] bytes) {
        CompletionStream stream = new CompletionStream(new LoopGuard());
        for (int at = 0; at < bytes.length; ) {
            int length = Math.min(bytes.length - at, 1 + random.nextInt(40));
            stream.feed(bytes, at, length);
            at += length;
        }
        return stream.end();
    }

    /** Where the server begins a line after its opening tag, that line end is the thought's. */
    private static String thought(Server server) {
        return server.before().endsWith("\n") ? "\n" + THOUGHT : THOUGHT;
    }
}
