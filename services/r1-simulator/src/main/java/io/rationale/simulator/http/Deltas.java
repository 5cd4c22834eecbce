package io.rationale.simulator.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rationale.simulator.chat.Completion;
import io.rationale.simulator.cluster.Tokens;

/** Cuts a completion into the pieces that a stream sends one by one: first the thought, then the answer. */
final class Deltas {
    private final Completion completion;
    private final int groupChars;
    private int thoughtSent;
    private int contentSent;

    /** @param groupTokens how many tokens a piece carries */
    Deltas(Completion completion, int groupTokens) {
        this.completion = completion;
        this.groupChars = groupTokens * Tokens.CHARS_PER_TOKEN;
    }

    boolean hasNext() {
        return thoughtSent < completion.thought().length()
                || contentSent < completion.content().length();
    }

    /** How many tokens will have been decoded once the next piece is complete. */
    int tokensWithNext() {
        return thoughtSent < completion.thought().length()
                ? tokens(thoughtEnd())
                : completion.reasoningTokens() + tokens(contentEnd());
    }

    ObjectNode next() {
        if (thoughtSent < completion.thought().length()) {
            int from = thoughtSent;
            thoughtSent = thoughtEnd();
            return Wire.reasoningDelta(completion.thought().substring(from, thoughtSent));
        }
        int from = contentSent;
        contentSent = contentEnd();
        return Wire.contentDelta(completion.content().substring(from, contentSent));
    }

    private int thoughtEnd() {
        return Tokens.boundary(completion.thought(), (long) thoughtSent + groupChars);
    }

    private int contentEnd() {
        return Tokens.boundary(completion.content(), (long) contentSent + groupChars);
    }

    private static int tokens(int chars) {
        return (chars + Tokens.CHARS_PER_TOKEN - 1) / Tokens.CHARS_PER_TOKEN;
    }
}
