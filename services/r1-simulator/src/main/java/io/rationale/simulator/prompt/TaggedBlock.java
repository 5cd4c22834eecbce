package io.rationale.simulator.prompt;

import java.util.List;
import java.util.Optional;

/** Finds {@code <tag>} ... {@code </tag>} where both tags stand alone on a line. */
final class TaggedBlock {
    private TaggedBlock() {}

    /**
     * The lines of the last well-formed block. The last one counts, because whoever wrote the prompt has the last word
     * and a note must not be able to put a block of its own before it.
     */
    static Optional<List<String>> lastOf(String prompt, String tag) {
        String open = "<" + tag + ">";
        String close = "</" + tag + ">";
        int bodyStart = -1;
        Optional<String> last = Optional.empty();
        for (int lineStart = 0; lineStart < prompt.length(); ) {
            int lineEnd = endOfLine(prompt, lineStart);
            int next = lineEnd + 1;
            if (isLine(prompt, lineStart, lineEnd, open)) {
                bodyStart = next;
            } else if (bodyStart >= 0 && isLine(prompt, lineStart, lineEnd, close)) {
                last = Optional.of(prompt.substring(bodyStart, lineStart));
                bodyStart = -1;
            }
            lineStart = next;
        }
        return last.map(body -> body.lines().filter(line -> !line.isBlank()).toList());
    }

    private static int endOfLine(String prompt, int from) {
        int end = prompt.indexOf('\n', from);
        return end < 0 ? prompt.length() : end;
    }

    private static boolean isLine(String prompt, int start, int end, String tag) {
        return prompt.startsWith(tag, start)
                && start + tag.length() <= end
                && prompt.substring(start + tag.length(), end).isBlank();
    }
}
