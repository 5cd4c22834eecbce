package io.rationale.core.r1;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a call ended. Reasoning and content are kept untrimmed, as the server sent them; both are empty where the server
 * sent none.
 */
public sealed interface ModelOutcome {
    /** The chain of thought, untrimmed. */
    default String reasoning() {
        return "";
    }

    /** The answer after it, untrimmed. */
    default String content() {
        return "";
    }

    /** Whether the same request may succeed later, with nothing changed. */
    default boolean retriable() {
        return false;
    }

    /** Whether it says nothing about the notes: the same request waits until R1 is there again. */
    default boolean unavailable() {
        return false;
    }

    /** The outcome's name in exchanges, metrics and dead letters. */
    default String name() {
        return switch (this) {
            case Complete complete -> "complete";
            case TruncatedInThought truncated -> "truncated-in-thought";
            case TruncatedInAnswer truncated -> "truncated-in-answer";
            case StoppedInThought stopped -> "stopped-in-thought";
            case EmptyThought empty -> "empty-thought";
            case Aborted aborted -> "aborted";
            case Loop loop -> "loop";
            case ContextExceeded exceeded -> "context-exceeded";
            case Refused refused -> "refused";
            case Overloaded overloaded -> "overloaded";
            case TimedOut timedOut -> "timed-out";
            case Unreachable unreachable -> "unreachable";
            case ErrorInStream error -> "error-in-stream";
            case Malformed malformed -> "malformed";
        };
    }

    /** Thought and answer, ended by the model itself. */
    record Complete(String reasoning, String content) implements ModelOutcome {}

    /** The token limit came before the thought ended: there is no answer. */
    record TruncatedInThought(String reasoning) implements ModelOutcome {}

    /** The token limit came within the answer. */
    record TruncatedInAnswer(String reasoning, String content) implements ModelOutcome {}

    /** The model stopped without closing its thought; an answer may stand at the thought's end. */
    record StoppedInThought(String reasoning) implements ModelOutcome {}

    /** An answer without any thought: not what a reasoning model is asked for, but an answer. */
    record EmptyThought(String content) implements ModelOutcome {}

    /** The server gave the generation up. */
    record Aborted(String reasoning, String content) implements ModelOutcome {
        @Override
        public boolean retriable() {
            return true;
        }
    }

    /**
     * The model repeats itself; the call was broken off.
     *
     * @param content empty when it happened within the thought
     */
    record Loop(String reasoning, String content) implements ModelOutcome {}

    /**
     * The prompt and the answer's room are longer than the model's context: smaller batches may pass.
     *
     * @param promptTokens  tokens of the prompt as the server counted them, where it says so
     * @param contextTokens tokens of the model's context, where it says so
     */
    record ContextExceeded(String message, OptionalInt promptTokens, OptionalInt contextTokens)
            implements ModelOutcome {}

    /** Another error of ours in the server's eyes (4xx). */
    record Refused(int status, String message) implements ModelOutcome {
        /** A wrong key, model or address is the operator's to mend and no fault of the notes. */
        @Override
        public boolean unavailable() {
            return status == 401 || status == 403 || status == 404;
        }
    }

    /** The server has too much to do or is failing (429, 5xx). */
    record Overloaded(int status, String message, Optional<Duration> retryAfter) implements ModelOutcome {
        @Override
        public boolean retriable() {
            return true;
        }

        @Override
        public boolean unavailable() {
            return true;
        }
    }

    /** One of the timers of a call ran out; thought and answer are what had come until then. */
    record TimedOut(Timer timer, String reasoning, String content) implements ModelOutcome {
        /** Silence says nothing about the notes; an answer without end may be their fault. */
        @Override
        public boolean unavailable() {
            return timer != Timer.TOTAL;
        }

        @Override
        public boolean retriable() {
            return unavailable();
        }
    }

    /** What a call waits for. */
    enum Timer {
        /** The first words of the answer. */
        FIRST_PAYLOAD,
        /** Further words. */
        IDLE,
        /** The end. */
        TOTAL
    }

    /** No connection, or one that broke; thought and answer are what had come until then. */
    record Unreachable(String message, String reasoning, String content) implements ModelOutcome {
        /** No connection. */
        public Unreachable(String message) {
            this(message, "", "");
        }

        @Override
        public boolean retriable() {
            return true;
        }

        @Override
        public boolean unavailable() {
            return true;
        }
    }

    /** An error that came after HTTP status 200, in the stream or in place of the completion. */
    record ErrorInStream(String message, String reasoning, String content) implements ModelOutcome {
        @Override
        public boolean retriable() {
            return true;
        }
    }

    /** A 200 whose body is not a chat completion. */
    record Malformed(String message) implements ModelOutcome {
        @Override
        public boolean retriable() {
            return true;
        }
    }
}
