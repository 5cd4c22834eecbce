package io.rationale.classifier.r1.http;

import io.rationale.core.json.Bytes;
import io.rationale.core.json.JsonBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What prompts begin with, as it stands in requests: mostly the same, so that it is escaped once. Thread safe. */
final class Instructions {
    /** A few taxonomies, and what discoveries ask. */
    private static final int MOST_KNOWN = 16;

    private final Map<String, byte[]> known = new ConcurrentHashMap<>();

    /** The inside of a JSON string. */
    byte[] inside(String instructions) {
        if (known.size() > MOST_KNOWN) {
            known.clear();
        }
        return known.computeIfAbsent(instructions, text -> new JsonBuffer(text.length())
                .appendInside(Bytes.utf8(text))
                .toArray());
    }
}
