package io.rationale.core.redaction;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Finds everything that is to be taken out of a text. Thread safe. */
final class Scanner {
    private static final Pattern HUMP = Pattern.compile("(?<=[\\p{Ll}\\d])(?=\\p{Lu})|[_.-]+");
    private static final int LONGEST_LABEL = 80;

    private final List<KindFinder> finders;
    private final Placeholders placeholders;

    Scanner(List<KindFinder> finders) {
        this.finders = List.copyOf(finders);
        Set<String> codes = new TreeSet<>();
        finders.forEach(each -> codes.add(each.code()));
        for (Kind each : Kind.values()) {
            codes.add(each.code());
        }
        this.placeholders = new Placeholders(codes);
    }

    boolean isOff() {
        return finders.isEmpty();
    }

    Placeholders placeholders() {
        return placeholders;
    }

    /**
     * What is to be taken out, in the order of the text and without overlaps.
     *
     * @param label what the text is called where it stands, or null: a date of birth may only be known by it
     */
    List<Match> find(String text, String label) {
        if (label == null || label.isBlank()) {
            return find(text);
        }
        String name = HUMP.matcher(label.length() > LONGEST_LABEL ? label.substring(0, LONGEST_LABEL) : label)
                .replaceAll(" ");
        int offset = name.length() + 2;
        List<Match> matches = find(name + ": " + text);
        return matches.isEmpty()
                ? matches
                : matches.stream()
                        .filter(each -> each.end() > offset)
                        .map(each -> new Match(
                                Math.max(0, each.start() - offset),
                                each.end() - offset,
                                each.kind(),
                                each.rank(),
                                each.value()))
                        .toList();
    }

    private List<Match> find(String text) {
        Traits traits = Traits.of(text);
        Plain plain = null;
        if (traits.isStrange()) {
            plain = Plain.of(text, true);
            traits = Traits.of(plain.string());
        }
        List<Match> matches = null;
        for (int rank = 0; rank < finders.size(); rank++) {
            KindFinder each = finders.get(rank);
            if (!traits.has(each.needs())) {
                continue;
            }
            plain = plain == null ? Plain.of(text, traits.hasOddSeparators()) : plain;
            matches = matches == null ? new ArrayList<>() : matches;
            each.finder().find(plain, collecting(matches, plain, text, each.code(), rank));
        }
        return matches == null || matches.isEmpty() ? List.of() : settled(matches, placeholders.in(text));
    }

    private static Finder.Found collecting(List<Match> matches, Plain plain, String text, String kind, int rank) {
        return (start, end, value) -> {
            int from = plain.startInText(start);
            int to = plain.endInText(end);
            // Never half of a character.
            from -= from > 0 && Character.isLowSurrogate(text.charAt(from)) ? 1 : 0;
            to += to < text.length() && Character.isLowSurrogate(text.charAt(to)) ? 1 : 0;
            matches.add(new Match(from, to, kind, rank, value));
        };
    }

    /** What overlaps is one, of the longer one's kind; placeholders stay what they are. */
    private static List<Match> settled(List<Match> matches, List<int[]> kept) {
        matches.sort(Comparator.comparingInt(Match::start)
                .thenComparing(Comparator.comparingInt(Match::end).reversed()));
        List<Match> settled = new ArrayList<>(matches.size());
        int next = 0;
        for (Match each : matches) {
            while (next < kept.size() && kept.get(next)[1] <= each.start()) {
                next++;
            }
            if (next < kept.size() && kept.get(next)[0] < each.end()) {
                continue;
            }
            Match last = settled.isEmpty() ? null : settled.getLast();
            if (last == null || each.start() >= last.end()) {
                settled.add(each);
            } else {
                settled.set(settled.size() - 1, united(last, each));
            }
        }
        return settled;
    }

    private static Match united(Match one, Match other) {
        boolean isOther = other.length() > one.length() || other.length() == one.length() && other.rank() < one.rank();
        Match counts = isOther ? other : one;
        boolean isWhole = one.start() >= counts.start() && other.end() <= counts.end() && one.end() <= counts.end();
        int end = Math.max(one.end(), other.end());
        return new Match(
                one.start(),
                end,
                counts.kind(),
                counts.rank(),
                isWhole ? counts.value() : (one.value() + ' ' + other.value()).toLowerCase(Locale.ROOT));
    }
}
