package io.rationale.simulator.http;

import io.rationale.simulator.cluster.Tokens;
import io.rationale.simulator.profile.Spoken;

/** Cuts what is said into the pieces that a stream sends one by one: first the thought, then the content. */
final class Deltas {
    private final String thought;
    private final String content;
    private final int groupChars;
    private final boolean joins;
    private int thoughtSent;
    private int contentSent;

    /**
     * @param groupTokens how many tokens a piece carries
     * @param joins       whether a piece may hold the end of the thought and the beginning of the content
     */
    Deltas(Spoken spoken, int groupTokens, boolean joins) {
        thought = spoken.thought();
        content = spoken.content();
        groupChars = groupTokens * Tokens.CHARS_PER_TOKEN;
        this.joins = joins;
    }

    boolean hasNext() {
        return thoughtSent < thought.length() || contentSent < content.length();
    }

    /** How many tokens will have been decoded once the next piece is complete. */
    int tokensWithNext() {
        return tokens(thoughtEnd() + contentEnd());
    }

    Spoken next() {
        int newThought = thoughtEnd();
        int newContent = contentEnd();
        Spoken piece =
                new Spoken(thought.substring(thoughtSent, newThought), content.substring(contentSent, newContent));
        thoughtSent = newThought;
        contentSent = newContent;
        return piece;
    }

    private int thoughtEnd() {
        return Tokens.boundary(thought, (long) thoughtSent + groupChars);
    }

    /** The content begins when the thought has ended: in the piece after it, or with what the last piece has left. */
    private int contentEnd() {
        int ofThought = thoughtEnd() - thoughtSent;
        if (ofThought > 0 && (!joins || thoughtEnd() < thought.length())) {
            return contentSent;
        }
        return Tokens.boundary(content, (long) contentSent + groupChars - ofThought);
    }

    private static int tokens(int chars) {
        return (chars + Tokens.CHARS_PER_TOKEN - 1) / Tokens.CHARS_PER_TOKEN;
    }
}
