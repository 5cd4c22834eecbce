package io.rationale.core.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a chain of thought about a batch into the passages about its notes. A line that begins by naming a note opens a
 * passage, which goes on until a line names another. Of several passages about a note the longest counts.
 */
final class ReasoningPassages {
    /** How far into a line a note may be named and still open a passage: past list marks and phrases like "Now,". */
    private static final int LEAD = 48;

    private static final Pattern MENTION = Pattern.compile(
            "(?i)(?<![\\p{L}\\p{N}])(?:note\\s*(?:id)?\\s*[:#\"'`(\\[*]*\\s*n?|n)(\\d{1,3})(?![\\p{L}\\p{N}])");

    private final String reasoning;
    private final List<Passage> passages;

    private record Passage(int number, int start, int end) {
        int length() {
            return end - start;
        }
    }

    ReasoningPassages(String reasoning, int notes) {
        this.reasoning = reasoning;
        this.passages = notes == 1 ? List.of() : passages(reasoning, notes);
    }

    /** The passage about the note at that position (from 0); the whole where none can be told apart. */
    Reasoning of(int position) {
        Passage longest = null;
        for (Passage passage : passages) {
            if (passage.number() == position + 1 && (longest == null || passage.length() > longest.length())) {
                longest = passage;
            }
        }
        return longest == null
                ? new Reasoning(reasoning, true, null)
                : new Reasoning(
                        reasoning.substring(longest.start(), longest.end()).stripTrailing(), false, null);
    }

    private static List<Passage> passages(String reasoning, int notes) {
        List<Passage> passages = new ArrayList<>();
        int open = 0;
        int start = 0;
        int at = 0;
        while (at < reasoning.length()) {
            int newline = reasoning.indexOf('\n', at);
            int end = newline < 0 ? reasoning.length() : newline + 1;
            int named = namedIn(reasoning, at, end, notes);
            if (named > 0 && named != open) {
                close(passages, open, start, at);
                open = named;
                start = at;
            }
            at = end;
        }
        close(passages, open, start, reasoning.length());
        return passages;
    }

    private static void close(List<Passage> passages, int number, int start, int end) {
        if (number > 0) {
            passages.add(new Passage(number, start, end));
        }
    }

    private static int namedIn(String reasoning, int from, int to, int notes) {
        Matcher matcher = MENTION.matcher(reasoning)
                .region(from, Math.min(to, from + LEAD))
                .useTransparentBounds(true);
        if (!matcher.find()) {
            return 0;
        }
        int number = Integer.parseInt(matcher.group(1));
        return number <= notes ? number : 0;
    }
}
