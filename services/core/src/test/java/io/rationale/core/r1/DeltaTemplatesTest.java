package io.rationale.core.r1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rationale.core.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeltaTemplatesTest {
    private static final List<String> WORDS = List.of(
            "", " so", "\"", "\\", "\n", "note", "é", "😀", "content", "\"content\":\"", "},", "\u0001", "\"}]}");

    private final DeltaTemplates templates = new DeltaTemplates();

    private DeltaTemplates.Words read(String event) {
        byte[] bytes = ("data: " + event).getBytes(StandardCharsets.UTF_8);
        return templates.read(bytes, "data: ".length(), bytes.length);
    }

    @Test
    void shouldReadWordsOfEventsLikeOneThatWasParsed() {
        // given
        learn(event("content", "{\"first\"", null));
        learn(event("reasoning_content", "thought", null));

        // then
        assertThat(read(event("content", " next é", null))).isEqualTo(new DeltaTemplates.Words(false, " next é"));
        assertThat(read(event("content", "a \"quote\",\n\\", null)))
                .isEqualTo(new DeltaTemplates.Words(false, "a \"quote\",\n\\"));
        assertThat(read(event("reasoning_content", "", null))).isEqualTo(new DeltaTemplates.Words(true, ""));
    }

    @Test
    void shouldLeaveToTheParserWhatIsNotAlike() {
        // given
        learn(event("content", "first", null));

        // then
        assertThat(read(event("content", "\u0001", null))).isNull();
        assertThat(read(event("content", "x", null).replace("\"x\"", "\"x\",\"content\":\"y\"")))
                .isNull();
        assertThat(read(event("content", "last", "stop"))).isNull();
        assertThat(read(event("reasoning", "thought", null))).isNull();
        assertThat(read("{\"error\":\"content\"}")).isNull();
    }

    @Test
    void shouldLearnNothingFromEventsThatSayMoreThanWords() {
        // when
        learn(event("content", "last", "stop"));
        learn("{\"choices\":[{\"index\":0,\"delta\":{\"reasoning\":\"x\",\"reasoning_content\":\"x\"}}]}");
        learn("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"}}],\"usage\":{\"completion_tokens\":1}}");

        // then
        assertThat(read(event("content", "last", "stop"))).isNull();
        assertThat(read("{\"choices\":[{\"index\":0,\"delta\":{\"reasoning\":\"y\",\"reasoning_content\":\"x\"}}]}"))
                .isNull();
        assertThat(
                        read(
                                "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"y\"}}],\"usage\":{\"completion_tokens\":1}}"))
                .isNull();
    }

    @Test
    void shouldReadTheSameAsTheParserWhateverTheWords() {
        // given
        long seed = new Random().nextLong();
        System.out.println("DeltaTemplatesTest seed " + seed);
        Random random = new Random(seed);

        for (int round = 0; round < 2_000; round++) {
            CompletionStream stream = new CompletionStream(LoopGuard.off());
            StringBuilder thought = new StringBuilder();
            StringBuilder answer = new StringBuilder();
            for (int i = random.nextInt(12); i >= 0; i--) {
                boolean isThought = answer.isEmpty() && random.nextBoolean();
                String words = words(random);
                (isThought ? thought : answer).append(words);
                feed(stream, event(isThought ? "reasoning_content" : "content", words, null));
            }

            // when
            feed(stream, event("content", "", "stop"));
            feed(stream, "[DONE]");
            ModelOutcome outcome = stream.end().outcome();

            // then
            String thinking = thought.toString().strip();
            if (!thinking.isEmpty()) {
                assertThat(outcome.reasoning().strip()).isEqualTo(thinking);
                assertThat(outcome.content().strip())
                        .isEqualTo(answer.toString().strip());
            }
        }
    }

    private static String words(Random random) {
        StringBuilder words = new StringBuilder();
        for (int i = random.nextInt(3); i >= 0; i--) {
            words.append(WORDS.get(random.nextInt(WORDS.size())));
        }
        return words.toString();
    }

    private void learn(String data) {
        templates.learn(data, Json.tree(data.getBytes(StandardCharsets.UTF_8)));
    }

    private static void feed(CompletionStream stream, String data) {
        byte[] bytes = ("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
        stream.feed(bytes, 0, bytes.length);
    }

    private static String event(String field, String words, String finish) {
        ObjectNode root = Json.mapper().createObjectNode().put("id", "c-1").put("model", "r1");
        ObjectNode choice = root.putArray("choices").addObject().put("index", 0);
        choice.putObject("delta").put(field, words);
        choice.put("finish_reason", finish);
        return Json.line(root);
    }
}
