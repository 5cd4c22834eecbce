package io.rationale.core.r1;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rationale.core.json.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * How a server shapes what a model wrote, whole and streamed.
 *
 * @param fields        where it puts the thought; none when it leaves it in the content
 * @param before        what it writes before the thought
 * @param details       whether the thought stands in {@code reasoning_details}, too
 * @param emptyIsNull   whether an empty field is null, else an empty text
 * @param ended         whether {@code [DONE]} ends a stream
 */
record Server(String name, List<String> fields, String before, boolean details, boolean emptyIsNull, boolean ended) {
    static final List<Server> ALL = List.of(
            new Server("vLLM to 0.15", List.of("reasoning_content"), "", false, true, true),
            new Server("vLLM from 0.16", List.of("reasoning"), "", false, true, true),
            new Server("vLLM between", List.of("reasoning", "reasoning_content"), "", false, true, true),
            new Server("vLLM without parser", List.of(), "", false, true, true),
            new Server("TGI", List.of(), "<think>", false, false, true),
            new Server("TGI, tag on a line", List.of(), "<think>\n", false, false, false),
            new Server("KTransformers", List.of(), "", false, false, true),
            new Server("SGLang", List.of("reasoning_content"), "", false, true, true),
            new Server("llama-server", List.of("reasoning_content"), "", false, false, true),
            new Server("Ollama", List.of("reasoning"), "", false, false, true),
            new Server("LMDeploy", List.of("reasoning_content"), "", false, true, true),
            new Server("TensorRT-LLM", List.of("reasoning_content"), "<think>", false, false, true),
            new Server("OpenRouter", List.of("reasoning"), "", true, false, true),
            new Server("OpenRouter, details only", List.of(), "", true, true, true),
            new Server("a gateway without an end", List.of("thinking"), "", false, true, false));

    static final String USAGE =
            "{\"prompt_tokens\":50,\"completion_tokens\":30,\"completion_tokens_details\":{\"reasoning_tokens\":20}}";

    @Override
    public String toString() {
        return name;
    }

    boolean hasField() {
        return !fields.isEmpty() || details;
    }

    /** @param content null when the model never came to its answer */
    String body(String thought, String content, String finish) {
        ObjectNode body = envelope("chat.completion");
        ObjectNode choice = body.putArray("choices").addObject().put("index", 0);
        ObjectNode message = choice.putObject("message").put("role", "assistant");
        putThought(message, before + thought);
        message.put("content", content(thought, content));
        choice.put("finish_reason", finish);
        body.set("usage", Json.tree(USAGE.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        return Json.line(body);
    }

    String stream(String thought, String content, String finish, Random random) {
        List<ObjectNode> deltas = new ArrayList<>();
        deltas.add(delta(delta -> delta.put("role", "assistant").put("content", "")));
        if (hasField()) {
            pieces(before + thought, random).forEach(piece -> deltas.add(delta(delta -> putThought(delta, piece))));
        }
        pieces(streamed(thought, content), random)
                .forEach(piece -> deltas.add(delta(delta -> delta.put("content", piece))));
        StringBuilder stream = new StringBuilder(random.nextBoolean() ? ": waiting\n\n" : "");
        deltas.forEach(delta -> stream.append(event(delta)).append(random.nextInt(9) == 0 ? ": alive\n\n" : ""));
        ObjectNode last = delta(delta -> {});
        ((ObjectNode) last.path("choices").path(0)).put("finish_reason", finish);
        stream.append(event(last));
        ObjectNode usage = envelope("chat.completion.chunk");
        usage.putArray("choices");
        usage.set("usage", Json.tree(USAGE.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        return stream.append(event(usage))
                .append(ended ? "data: [DONE]\n\n" : "")
                .toString();
    }

    private String streamed(String thought, String content) {
        String text = content(thought, content);
        return text == null ? "" : text;
    }

    private String content(String thought, String content) {
        if (hasField()) {
            return content != null || emptyIsNull ? content : "";
        }
        return before + thought + (content == null ? "" : "</think>" + content);
    }

    private void putThought(ObjectNode message, String thought) {
        fields.forEach(field -> message.put(field, thought));
        if (details) {
            message.putArray("reasoning_details")
                    .addObject()
                    .put("type", "reasoning.text")
                    .put("text", thought);
        }
    }

    private static ObjectNode delta(Consumer<ObjectNode> fill) {
        ObjectNode chunk = envelope("chat.completion.chunk");
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
        fill.accept(choice.putObject("delta"));
        choice.putNull("finish_reason");
        return chunk;
    }

    private static ObjectNode envelope(String object) {
        return Json.mapper()
                .createObjectNode()
                .put("id", "c1")
                .put("object", object)
                .put("model", "deepseek-r1");
    }

    private static String event(ObjectNode chunk) {
        return "data: " + Json.line(chunk) + "\n\n";
    }

    private static List<String> pieces(String text, Random random) {
        List<String> pieces = new ArrayList<>();
        int longest = random.nextInt(6) == 0 ? 30 : 300;
        for (int at = 0; at < text.length(); ) {
            int end = Math.min(text.length(), at + 1 + random.nextInt(longest));
            end += end < text.length() && Character.isLowSurrogate(text.charAt(end)) ? 1 : 0;
            pieces.add(text.substring(at, end));
            at = end;
        }
        return Collections.unmodifiableList(pieces);
    }
}
