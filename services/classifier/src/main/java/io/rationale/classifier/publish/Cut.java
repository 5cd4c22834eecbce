package io.rationale.classifier.publish;

import io.rationale.core.audit.Exchange;
import io.rationale.core.json.Json;
import io.rationale.core.note.Note;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** Exchanges and notes without what does not fit into a record: their texts are cut to the same length, long ones first. */
public final class Cut {
    private static final String MARK = " …";

    private Cut() {}

    /** The exchange, or as much of it as takes so many bytes of JSON. */
    public static Exchange toFit(Exchange exchange, int maxBytes) {
        return toFit(exchange, length -> cut(exchange, length), maxBytes);
    }

    /** Passages and labels go first. */
    static Note toFit(Note note, int maxBytes) {
        return toFit(note, length -> cut(note, length), maxBytes);
    }

    private static <T> T toFit(T whole, IntFunction<T> cut, int maxBytes) {
        T result = whole;
        for (int length = maxBytes; length > 0 && Json.bytes(result).length > maxBytes; length /= 2) {
            result = cut.apply(length);
        }
        return result;
    }

    private static Exchange cut(Exchange of, int length) {
        return new Exchange(
                of.version(),
                of.id(),
                of.endpoint(),
                of.server(),
                of.model(),
                of.noteIds(),
                text(of.request(), length),
                of.status(),
                text(of.response(), length),
                base64(of.responseBase64(), length),
                text(of.reasoning(), length),
                text(of.content(), length),
                of.outcome(),
                of.usage(),
                of.startedAt(),
                of.firstPayloadMillis(),
                of.totalMillis());
    }

    private static Note cut(Note of, int length) {
        return new Note(
                of.id(),
                text(of.text().strip(), length),
                of.source(),
                of.observedAt(),
                text(of.question(), length),
                text(of.answer(), length),
                text(of.expected(), length),
                List.of(),
                Map.of(),
                of.traceId(),
                of.redacted());
    }

    private static String text(String whole, int length) {
        if (whole == null || whole.length() <= length) {
            return whole;
        }
        boolean splitsAPair = Character.isHighSurrogate(whole.charAt(length - 1));
        return whole.substring(0, splitsAPair ? length - 1 : length) + MARK;
    }

    private static String base64(String whole, int length) {
        return whole == null || whole.length() <= length ? whole : whole.substring(0, length / 4 * 4);
    }
}
