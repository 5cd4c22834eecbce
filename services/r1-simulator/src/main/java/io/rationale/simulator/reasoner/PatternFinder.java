package io.rationale.simulator.reasoner;

import io.rationale.simulator.prompt.ListedNote;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Groups notes by a word that they share: the one that stands in many of them and not in all, then the next one for
 * those that are left. Deterministic; the time it takes is linear in the length of the notes for each group.
 */
final class PatternFinder {
    private static final int MOST_GROUPS = 12;
    private static final int WORDS_BESIDE = 3;
    /** Shorter words of alphabetic scripts tell too little to name a group. */
    private static final int SHORTEST = 4;

    private static final int LAST_ALPHABETIC = 0x2E7F;
    /** A word that two notes of a long list share is chance. */
    private static final int NOTES_A_MEMBER = 30;

    private final List<Spoken> notes;
    private final Map<String, Integer> spread = new HashMap<>();

    /** A note by its words: each stem with the word as written and the clause that has it. */
    private record Spoken(String id, Map<String, Said> words) {}

    private record Said(String word, String clause) {}

    private PatternFinder(List<ListedNote> notes) {
        this.notes = notes.stream().map(PatternFinder::spoken).toList();
        this.notes.forEach(note -> note.words().keySet().forEach(stem -> spread.merge(stem, 1, Integer::sum)));
    }

    static List<Grouped> find(List<ListedNote> notes) {
        return new PatternFinder(notes).groups();
    }

    private static Spoken spoken(ListedNote note) {
        Map<String, Said> words = new LinkedHashMap<>();
        for (String text : Instructions.without(Clauses.of(note.text()))) {
            for (Word word : Words.of(text)) {
                if (tells(word)) {
                    words.putIfAbsent(word.stem(), new Said(text.substring(word.start(), word.end()), text));
                }
            }
        }
        return new Spoken(note.id(), words);
    }

    private static boolean tells(Word word) {
        boolean isLong = word.stem().length() >= SHORTEST || word.stem().charAt(0) > LAST_ALPHABETIC;
        return word.content() && isLong && !TermIndex.NEGATIONS.contains(word.stem());
    }

    private List<Grouped> groups() {
        List<Grouped> groups = new ArrayList<>();
        List<Spoken> left = new ArrayList<>(notes);
        Set<String> taken = new HashSet<>();
        int least = 2 + notes.size() / NOTES_A_MEMBER;
        while (groups.size() < MOST_GROUPS) {
            String stem = mostTelling(left, taken, least);
            if (stem == null) {
                break;
            }
            taken.add(stem);
            List<Spoken> members =
                    left.stream().filter(note -> note.words().containsKey(stem)).toList();
            groups.add(grouped(stem, members));
            left.removeAll(members);
        }
        return groups;
    }

    /** Among equals the first in the alphabet. */
    private String mostTelling(List<Spoken> left, Set<String> taken, int least) {
        Map<String, Integer> counts = new TreeMap<>();
        left.forEach(note -> note.words().keySet().forEach(stem -> counts.merge(stem, 1, Integer::sum)));
        String best = null;
        double most = 0;
        for (Map.Entry<String, Integer> each : counts.entrySet()) {
            double telling = each.getValue() * Math.log((1.0 + notes.size()) / spread.get(each.getKey()));
            if (each.getValue() >= least && telling > most && !taken.contains(each.getKey())) {
                best = each.getKey();
                most = telling;
            }
        }
        return best;
    }

    private Grouped grouped(String stem, List<Spoken> members) {
        Map<String, Integer> others = new TreeMap<>();
        members.forEach(note -> note.words().keySet().stream()
                .filter(other -> !other.equals(stem))
                .forEach(other -> others.merge(other, 1, Integer::sum)));
        Comparator<Map.Entry<String, Integer>> byWeight = Comparator.comparingDouble(
                each -> -each.getValue() * Math.log((1.0 + notes.size()) / spread.get(each.getKey())));
        List<String> beside = others.entrySet().stream()
                .filter(each -> each.getValue() > 1)
                .sorted(byWeight.thenComparing(Map.Entry.comparingByKey()))
                .limit(WORDS_BESIDE)
                .map(each -> written(each.getKey(), members))
                .toList();
        return new Grouped(
                written(stem, members),
                beside,
                members.stream()
                        .map(note -> new Grouped.Member(
                                note.id(), note.words().get(stem).clause()))
                        .toList());
    }

    /** The word as most of them write it. */
    private static String written(String stem, List<Spoken> members) {
        Map<String, Long> forms = members.stream()
                .filter(note -> note.words().containsKey(stem))
                .collect(Collectors.groupingBy(
                        note -> note.words().get(stem).word().toLowerCase(Locale.ROOT),
                        TreeMap::new,
                        Collectors.counting()));
        return forms.entrySet().stream()
                .max(Map.Entry.<String, Long>comparingByValue()
                        .thenComparing(Map.Entry.<String, Long>comparingByKey().reversed()))
                .orElseThrow()
                .getKey();
    }
}
