package io.rationale.console.report;

import io.rationale.core.deadletter.DeadLetter;
import io.rationale.core.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** A dead letter as a line of JSON that a person can read and a program can send again. */
final class DeadLetterLine {
    private DeadLetterLine() {}

    static String of(DeadLetter letter) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("key", letter.key());
        line.put("reason", letter.reason());
        line.put("cause", letter.cause());
        if (letter.field() != null) {
            line.put("field", letter.field());
        }
        if (!letter.redacted().isEmpty()) {
            line.put("redacted", letter.redacted());
        }
        line.put("origin", origin(letter.origin()));
        letter.original().strictUtf8().ifPresent(text -> line.put("text", text));
        line.put("base64", letter.original().base64());
        return Json.line(line);
    }

    private static Map<String, Object> origin(DeadLetter.Origin origin) {
        Map<String, Object> at = new LinkedHashMap<>();
        switch (origin) {
            case DeadLetter.Origin.File f -> {
                at.put("file", f.file());
                at.put("line", f.line());
            }
            case DeadLetter.Origin.Topic t -> {
                at.put("topic", t.topic());
                at.put("partition", t.partition());
                at.put("offset", t.offset());
            }
        }
        return at;
    }
}
