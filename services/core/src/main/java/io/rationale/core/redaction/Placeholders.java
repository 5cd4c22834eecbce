package io.rationale.core.redaction;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What stands in place of what was taken out: {@code [EMAIL-1]}. Thread safe. */
final class Placeholders {
    private final Pattern pattern;

    /** @param codes of everything that can be taken out */
    Placeholders(Collection<String> codes) {
        this.pattern = Pattern.compile("\\[("
                + codes.stream()
                        .map(code -> Pattern.quote(code.toUpperCase(Locale.ROOT)))
                        .collect(Collectors.joining("|"))
                + ")-(\\d{1,4})\\]");
    }

    /** Where placeholders stand already. */
    List<int[]> in(String text) {
        if (text.indexOf('[') < 0) {
            return List.of();
        }
        List<int[]> found = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(new int[] {matcher.start(), matcher.end()});
        }
        return found;
    }

    /** Numbers for one note. */
    Numbers numbers() {
        return new Numbers();
    }

    /** Gives the same data the same number within one note, in the order of appearance. Not thread safe. */
    final class Numbers {
        private final Map<String, Integer> last = new HashMap<>();
        private final Map<String, Integer> given = new HashMap<>();
        private final Map<String, Integer> counts = new TreeMap<>();

        /** Numbers that stand in the note already are taken. */
        void avoid(String text) {
            if (text.indexOf('[') < 0) {
                return;
            }
            Matcher matcher = pattern.matcher(text);
            while (matcher.find()) {
                last.merge(matcher.group(1), Integer.parseInt(matcher.group(2)), Math::max);
            }
        }

        /** What stands in place of the match; it is counted. */
        String of(Match match) {
            counts.merge(match.kind(), 1, Integer::sum);
            String name = match.kind().toUpperCase(Locale.ROOT);
            int number = given.computeIfAbsent(name + ' ' + match.value(), any -> last.merge(name, 1, Integer::sum));
            return '[' + name + '-' + number + ']';
        }

        Map<String, Integer> counts() {
            return counts;
        }
    }
}
