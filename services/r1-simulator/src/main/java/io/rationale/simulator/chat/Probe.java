package io.rationale.simulator.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rationale.simulator.reasoner.Thinking;
import java.util.Optional;

/** Answers what clients ask to see whether a server works, such as {@code Reply with {"ok":true}}. */
final class Probe {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Probe() {}

    /** The JSON object that the prompt asks for, between its first and its last brace; nothing where there is none. */
    static Optional<Thinking> answer(String prompt) {
        int from = prompt.indexOf('{');
        int to = prompt.lastIndexOf('}');
        if (from < 0 || to < from) {
            return Optional.empty();
        }
        String object = prompt.substring(from, to + 1);
        return isObject(object)
                ? Optional.of(new Thinking("I am asked for one JSON object and nothing else; here it is.", object, 0))
                : Optional.empty();
    }

    private static boolean isObject(String text) {
        try {
            return JSON.readTree(text).isObject();
        } catch (JsonProcessingException e) {
            return false;
        }
    }
}
