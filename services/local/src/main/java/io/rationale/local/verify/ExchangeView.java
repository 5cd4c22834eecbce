package io.rationale.local.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.rationale.core.audit.Exchange;
import io.rationale.core.json.Bytes;
import io.rationale.core.json.Json;
import io.rationale.core.note.Note;
import io.rationale.core.r1.ChatCompletion;
import io.rationale.core.r1.ModelOutcome;
import io.rationale.core.taxonomy.Taxonomy;
import io.rationale.core.verdict.AnswerParser;
import io.rationale.core.verdict.AnswerReader;
import io.rationale.core.verdict.ExchangePointer;
import io.rationale.core.verdict.ParsedAnswer;
import io.rationale.local.verify.log.StoredRecord;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * An exchange as the checks look at it. What takes work is done once, when it is asked for: the notes of a batch share an
 * exchange. Used by one thread.
 */
final class ExchangeView {
    private static final String ORIGINAL_SIZE = "original-size";
    private static final int OK = 200;

    private final StoredRecord stored;
    private final Map<Taxonomy, Map<Integer, ParsedAnswer>> answers = new IdentityHashMap<>();
    private String sha256;
    private Optional<Exchange> exchange;
    private String prompt;
    private Boolean isTold;

    ExchangeView(StoredRecord stored) {
        this.stored = stored;
    }

    /** The record's key. */
    String id() {
        return stored.key();
    }

    /** Whether it is what an erasure left there. */
    boolean isReplaced(Erasures erasures, ExchangePointer pointer) {
        return erasures.isReplacement(pointer.topic(), pointer.partition(), stored);
    }

    /** Of the record's value, hex. */
    String sha256() {
        if (sha256 == null) {
            sha256 = Bytes.sha256(stored.value() == null ? new byte[0] : stored.value());
        }
        return sha256;
    }

    /** Whether it was too large for its topic, so that it does not have all of its words. */
    boolean isCut() {
        return stored.header(ORIGINAL_SIZE).isPresent();
    }

    /** What was asked and answered; nothing when the record is no exchange. */
    Optional<Exchange> exchange() {
        if (exchange == null) {
            exchange = read();
        }
        return exchange;
    }

    private Optional<Exchange> read() {
        try {
            return Optional.of(Json.read(stored.value(), Exchange.class));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    /** All that the request says to the model; empty when none was sent. */
    String prompt() {
        if (prompt == null) {
            prompt = exchange().map(Exchange::request).map(ExchangeView::words).orElse("");
        }
        return prompt;
    }

    private static String words(String request) {
        try {
            StringBuilder words = new StringBuilder();
            JsonNode body = Json.tree(request.getBytes(StandardCharsets.UTF_8));
            body.path("messages")
                    .forEach(message ->
                            words.append(message.path("content").asText("")).append('\n'));
            return words.toString();
        } catch (UncheckedIOException e) {
            return "";
        }
    }

    /** Whether thought and answer are those of the raw response, read once more. */
    boolean isToldByResponse() {
        if (isTold == null) {
            isTold = exchange().map(ExchangeView::isTold).orElse(false);
        }
        return isTold;
    }

    private static boolean isTold(Exchange exchange) {
        if (exchange.response() == null || exchange.status() != OK || !isAnswer(exchange.outcome())) {
            return true;
        }
        ModelOutcome outcome =
                ChatCompletion.parse(Bytes.utf8(exchange.response())).outcome();
        return outcome.name().equals(exchange.outcome())
                && outcome.reasoning().equals(orEmpty(exchange.reasoning()))
                && outcome.content().equals(orEmpty(exchange.content()));
    }

    private static boolean isAnswer(String outcome) {
        return outcome.equals("complete") || outcome.equals("empty-thought") || outcome.equals("stopped-in-thought");
    }

    /** What the answer says, by the notes' positions, as the classifier reads it under that taxonomy. */
    Map<Integer, ParsedAnswer> answers(Taxonomy taxonomy, Function<Taxonomy, AnswerParser> parsers) {
        return answers.computeIfAbsent(taxonomy, any -> parse(parsers.apply(taxonomy)));
    }

    /** Labels do not depend on the notes' words, so that no other note of the batch has to be looked up. */
    private Map<Integer, ParsedAnswer> parse(AnswerParser parser) {
        Exchange told = exchange().orElseThrow();
        String text = AnswerReader.answerIn(outcome(told));
        List<Note> notes = Collections.nCopies(told.noteIds().size(), Note.of("-", "-", "-"));
        return text.isEmpty() ? Map.of() : parser.parse(text, notes);
    }

    private static ModelOutcome outcome(Exchange told) {
        String reasoning = orEmpty(told.reasoning());
        String content = orEmpty(told.content());
        return switch (told.outcome()) {
            case "complete" -> new ModelOutcome.Complete(reasoning, content);
            case "empty-thought" -> new ModelOutcome.EmptyThought(content);
            case "stopped-in-thought" -> new ModelOutcome.StoppedInThought(reasoning);
            default -> new ModelOutcome.TruncatedInAnswer(reasoning, content);
        };
    }

    static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}
