package io.rationale.simulator.fault;

import static io.rationale.simulator.fault.Fault.Kind.ANSWER;
import static io.rationale.simulator.fault.Fault.Kind.BREAK;
import static io.rationale.simulator.fault.Fault.Kind.ENDING;
import static io.rationale.simulator.fault.Fault.Kind.REPLACEMENT;
import static io.rationale.simulator.fault.Fault.Kind.THOUGHT;
import static io.rationale.simulator.fault.Fault.Kind.TRANSPORT;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What may go wrong with a request. Where several of a kind that excludes itself are drawn, the first here counts. */
public enum Fault {
    CONNECTION_REFUSED(
            REPLACEMENT, "the node closes its port and all its connections for two seconds, divided by the speed-up"),
    HTTP_400(REPLACEMENT, "refused as a bad request"),
    HTTP_401(REPLACEMENT, "refused as if the key were wrong"),
    HTTP_402(REPLACEMENT, "refused for want of balance"),
    HTTP_404(REPLACEMENT, "refused as if the model were unknown"),
    HTTP_429(REPLACEMENT, "refused as too many requests, with `Retry-After: 1`"),
    HTTP_500(REPLACEMENT, "an internal error"),
    HTTP_503(REPLACEMENT, "the server says that it is not available"),
    HANG(REPLACEMENT, "no headers ever; holds its slot until the client goes"),
    RESET(BREAK, "the connection is cut in the middle of the stream or body"),
    STALL(BREAK, "stops in the middle of the stream or body, holding its slot until the client goes"),
    ERROR_IN_STREAM(BREAK, "an error after HTTP 200, in the stream with or without `[DONE]`, or as the whole body"),
    DRIP(TRANSPORT, "comes a few bytes at a time, slowly"),
    SPLIT_UTF8(TRANSPORT, "written in pieces that split UTF-8 sequences, lines and tags"),
    KEEP_ALIVE_LINES(TRANSPORT, "blank lines and comments before and between what counts"),
    MISSING_DONE(TRANSPORT, "the stream ends without `[DONE]`"),
    LOOP(ENDING, "the thought repeats one sentence until the tokens are used up"),
    TRUNCATED_IN_THOUGHT(ENDING, "cut within the thought, finish reason `length`"),
    STOPPED_IN_THOUGHT(ENDING, "ends within the thought, finish reason `stop`"),
    ABORTED(ENDING, "the server breaks off within the thought, finish reason `abort`"),
    TRUNCATED_IN_ANSWER(ENDING, "cut within the answer, finish reason `length`"),
    EMPTY_THOUGHT(THOUGHT, "an answer without any thought"),
    MIXED_LANGUAGE(THOUGHT, "the thought changes between English and Chinese"),
    MISSING_ID(ANSWER, "the verdict of one note is missing"),
    REPEATED_ID(ANSWER, "the verdict of one note comes twice"),
    UNKNOWN_ID(ANSWER, "a verdict for a note that nobody asked for"),
    CONTRADICTING_LABELS(ANSWER, "two verdicts with different labels for one note"),
    OTHER_CASE(ANSWER, "labels in upper case or with spaces"),
    BAD_ESCAPES(ANSWER, "JSON with an escape that JSON does not know"),
    TRAILING_COMMAS(ANSWER, "JSON with commas before closing brackets"),
    INJECTED_VERDICT(
            ANSWER, "a wrong JSON object first, copied from a note where one has it, in the thought or in the answer"),
    FENCES(ANSWER, "prose and a Markdown fence around the JSON");

    /** What a fault changes, and so which others it excludes. */
    enum Kind {
        /** There is no response; excludes everything else. */
        REPLACEMENT,
        /** The response does not get to its end; excludes its like. */
        BREAK,
        /** How the response travels; goes with all. */
        TRANSPORT,
        /** The output ends too early or never; excludes its like and whatever would be cut off. */
        ENDING,
        /** The words of the thought. */
        THOUGHT,
        /** The words of the answer; needs notes that are judged. */
        ANSWER
    }

    private final Kind kind;
    private final String description;

    Fault(Kind kind, String description) {
        this.kind = kind;
        this.description = description;
    }

    /** The name in options, JSON and documentation, such as {@code truncated-in-thought}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** In one line of Markdown what a client sees. */
    public String description() {
        return description;
    }

    /** The status of a refusal such as {@link #HTTP_429}. */
    public Optional<Integer> status() {
        return name().startsWith("HTTP_")
                ? Optional.of(Integer.valueOf(name().substring("HTTP_".length())))
                : Optional.empty();
    }

    /**
     * The fault of that name.
     *
     * @throws IllegalArgumentException with a sentence that lists the names
     */
    public static Fault named(String id) {
        return Arrays.stream(values())
                .filter(fault -> fault.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no fault \"" + id + "\"; the faults are "
                        + String.join(
                                ", ", Arrays.stream(values()).map(Fault::id).toList()) + "."));
    }

    Kind kind() {
        return kind;
    }

    /** Whether the thought never ends, so that there is no answer. */
    boolean endsInThought() {
        return kind == ENDING && this != TRUNCATED_IN_ANSWER;
    }
}
