package io.rationale.core.r1;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.TextNode;
import io.rationale.core.json.Json;
import io.rationale.core.r1.ModelOutcome.Timer;
import io.rationale.core.r1.ThinkTags.Parts;
import java.io.IOException;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads a chat completion while its bytes arrive: server-sent events, or a whole body from a server that was asked for a
 * stream and does not stream. Keeps what was said, not the bytes. Whatever a server sends is an outcome, never an
 * exception.
 *
 * <p>One for each call: feed it until the body ends, {@link #ended()} or {@link #looping()}; then ask once for the
 * result. Not thread safe.
 */
public final class CompletionStream {
    /** Far more than any model's context; a server that goes on is broken. */
    private static final int MOST_CHARACTERS = 16 * 1024 * 1024;

    /** What proxies send as data to keep a connection open. */
    private static final Pattern KEEP_ALIVE = Pattern.compile("[\\p{Alpha}_-]{0,32}");

    private static final String END = "[DONE]";

    private final LoopGuard guard;
    private final Transcript transcript = new Transcript();
    private final DeltaTemplates templates = new DeltaTemplates();
    private final SseReader reader = new SseReader(new Events());
    /** Lines that are no events: a body that is no stream, or a page. */
    private final StringBuilder other = new StringBuilder();

    private boolean done;
    private boolean answering;
    /** Whether events had brought some of a completion before the rest was read. */
    private boolean begun;

    private String fault;

    public CompletionStream(LoopGuard guard) {
        this.guard = guard;
    }

    /**
     * Takes the next bytes of the body.
     *
     * @return whether they carried something of the thought or the answer; comments, empty deltas and whatever else
     *         keeps a connection open do not
     */
    public boolean feed(byte[] bytes, int offset, int length) {
        long before = said();
        reader.feed(bytes, offset, length);
        return said() > before;
    }

    /** Whether words came as events: a whole body says nothing before its end. */
    public boolean hasWords() {
        return !transcript.reasoning().isEmpty() || !transcript.content().isEmpty();
    }

    /** Whether the server has said its last word, so that there is nothing to read any more. */
    public boolean ended() {
        return done || fault != null || transcript.error() != null || reader.tooLong();
    }

    /** Whether the model repeats itself, so that the call should be broken off. */
    public boolean looping() {
        return guard.looping();
    }

    /** The result when the body has ended in order, or was not read on because of {@link #ended} or {@link #looping}. */
    public ChatCompletion end() {
        readRest();
        if (!transcript.chosen() && transcript.error() == null && !other.isEmpty()) {
            fault = "the body is no completion";
        }
        return result(parts -> new ModelOutcome.Unreachable(
                "the stream ended before the answer did", parts.reasoning(), parts.content()));
    }

    /**
     * The result when the connection broke: what had come until then, unless all of it had.
     *
     * @param why for people
     */
    public ChatCompletion brokenOff(String why) {
        readRest();
        return result(parts -> new ModelOutcome.Unreachable(why, parts.reasoning(), parts.content()));
    }

    /** The result when a timer ran out: what had come until then, unless all of it had. */
    public ChatCompletion timedOut(Timer timer) {
        readRest();
        return result(parts -> new ModelOutcome.TimedOut(timer, parts.reasoning(), parts.content()));
    }

    private ChatCompletion result(Function<Parts, ModelOutcome> unfinished) {
        if (fault != null || reader.tooLong()) {
            return ChatCompletion.malformed(fault == null ? "a line is too long" : fault);
        }
        if (transcript.error() != null) {
            return ChatCompletion.of(transcript);
        }
        if (looping() && transcript.ending() != Outcomes.Ending.GIVEN_UP && !stopped()) {
            return broken(parts -> new ModelOutcome.Loop(parts.reasoning(), parts.content()));
        }
        return done || transcript.finished() ? ChatCompletion.of(transcript) : broken(unfinished);
    }

    private boolean stopped() {
        return transcript.finished() && transcript.ending() == Outcomes.Ending.STOPPED;
    }

    private ChatCompletion broken(Function<Parts, ModelOutcome> outcome) {
        Parts parts = transcript.parts(true);
        return ChatCompletion.of(transcript, outcome.apply(parts), parts);
    }

    /** The last event, of which perhaps only the beginning has come, and a body that is no stream. */
    private void readRest() {
        String before = fault;
        reader.end();
        fault = before;
        begun = transcript.chosen();
        if (transcript.error() == null && !other.isEmpty()) {
            whole();
        }
    }

    /** One object, or one a line as Ollama's own API streams them. */
    private void whole() {
        try (MappingIterator<JsonNode> values =
                Json.mapper().readerFor(JsonNode.class).readValues(other.toString())) {
            while (values.hasNextValue()) {
                takeUnframed(values.nextValue());
            }
        } catch (IOException e) {
            // what is no JSON is no completion
        }
    }

    /** After events only an error counts: gateways pass those of their servers on as they are. */
    private void takeUnframed(JsonNode value) {
        if (!begun) {
            take(value);
            done |= transcript.chosen() && !value.has("done");
        } else if (ServerErrors.isError(value) && !done && !transcript.finished()) {
            transcript.fail(value);
        }
    }

    private void take(JsonNode chunk) {
        int thought = transcript.reasoning().length();
        int answer = transcript.content().length();
        transcript.take(chunk);
        guard(thought, answer);
    }

    private void take(DeltaTemplates.Words words) {
        int thought = transcript.reasoning().length();
        int answer = transcript.content().length();
        transcript.take(words);
        guard(thought, answer);
    }

    private void guard(int thought, int answer) {
        guard.add(transcript.reasoning(), thought, transcript.reasoning().length());
        guardContent(answer);
        if (thought + answer > MOST_CHARACTERS) {
            fault = "the answer has no end";
        }
    }

    /** An answer may repeat its draft: when it begins, the guard forgets the thought. */
    private void guardContent(int from) {
        StringBuilder content = transcript.content();
        if (content.length() == from) {
            return;
        }
        if (!answering && (!transcript.reasoning().isEmpty() || ThinkTags.closesThought(content, from))) {
            answering = true;
            guard.reset();
        }
        guard.add(content, from, content.length());
    }

    private long said() {
        return (long) transcript.reasoning().length()
                + transcript.content().length()
                + other.length()
                + reader.otherPending();
    }

    private static JsonNode json(String text) {
        try {
            return Json.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private final class Events implements SseReader.Sink {
        @Override
        public boolean read(String type, byte[] data, int from, int to) {
            DeltaTemplates.Words words = ended() || type.equals("error") ? null : templates.read(data, from, to);
            if (words != null) {
                take(words);
            }
            return words != null;
        }

        @Override
        public void event(String type, String data) {
            boolean object = data.startsWith("{");
            if (ended() || !object && KEEP_ALIVE.matcher(data.strip()).matches()) {
                return;
            }
            if (!object && data.strip().equals(END)) {
                done = true;
                return;
            }
            JsonNode json = json(data);
            if (type.equals("error")) {
                transcript.fail(json == null ? TextNode.valueOf(data) : json);
            } else if (json == null) {
                fault = "an event of the stream is not JSON";
            } else {
                take(json);
                templates.learn(data, json);
            }
        }

        @Override
        public void other(String line) {
            if (other.length() + line.length() > SseReader.LONGEST) {
                fault = "the body is too long";
            } else if (!ended()) {
                other.append(line).append('\n');
            }
        }
    }
}
