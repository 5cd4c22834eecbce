package io.rationale.local.process;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers every prompt well, save those with a note that holds a certain word: for them it talks about the weather. */
final class StubbornR1 implements AutoCloseable {
    private final AtomicInteger refusals = new AtomicInteger();
    private final String poison;
    private final ScriptedR1 server;

    private StubbornR1(String poison) {
        this.poison = poison;
        server = ScriptedR1.start("stubborn", this::say);
    }

    static StubbornR1 start(String poison) {
        return new StubbornR1(poison);
    }

    String baseUrl() {
        return server.baseUrl();
    }

    /** Prompts that it gave no proper answer to. */
    int refusals() {
        return refusals.get();
    }

    @Override
    public void close() {
        server.close();
    }

    private ScriptedR1.Said say(List<JsonNode> notes) {
        if (notes.stream().anyMatch(note -> note.toString().contains(poison))) {
            refusals.incrementAndGet();
            return new ScriptedR1.Said("I would rather talk about the weather.", "The weather is {\"fine\": ");
        }
        return new ScriptedR1.Said(
                ScriptedR1.thought(notes, "that is wrong-format."),
                ScriptedR1.verdicts(notes, "wrong-format", "It is the format."));
    }
}
