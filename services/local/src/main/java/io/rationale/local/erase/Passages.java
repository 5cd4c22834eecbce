package io.rationale.local.erase;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sequences of words of the notes that are erased, as hashes: what a model wrote about another note of the same batch is
 * held against them. A short note is one sequence.
 */
final class Passages {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
    private static final int WORDS = 4;

    private final Set<Long> known = new HashSet<>();

    /** Remembers a text of a note that is erased. */
    void add(String text) {
        known.addAll(of(text));
    }

    /** Whether the text has a passage of an erased note that the other texts, those of its own note, do not have. */
    boolean standIn(String text, List<String> own) {
        if (known.isEmpty() || text == null || text.isEmpty()) {
            return false;
        }
        Set<Long> shared = new HashSet<>(of(text));
        shared.retainAll(known);
        own.forEach(each -> shared.removeAll(of(each)));
        return !shared.isEmpty();
    }

    private static Set<Long> of(String text) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(Identifiers.normal(text).toLowerCase(Locale.ROOT));
        while (matcher.find()) {
            words.add(matcher.group());
        }
        Set<Long> passages = new HashSet<>();
        for (int from = 0; from + WORDS <= words.size(); from++) {
            passages.add(hash(words.subList(from, from + WORDS)));
        }
        return passages;
    }

    private static long hash(List<String> words) {
        long hash = 1125899906842597L;
        for (String each : words) {
            for (int i = 0; i < each.length(); i++) {
                hash = 31 * hash + each.charAt(i);
            }
            hash = 31 * hash + ' ';
        }
        return hash;
    }
}
