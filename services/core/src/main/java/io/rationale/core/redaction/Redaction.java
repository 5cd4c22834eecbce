package io.rationale.core.redaction;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes personal data out of texts that belong together: the same data becomes the same placeholder in all of them. */
final class Redaction {
    /** What is taken out may leave something that is found only now; mostly one round finds everything. */
    private static final int MOST_ROUNDS = 6;

    private final Scanner scanner;

    Redaction(Scanner scanner) {
        this.scanner = scanner;
    }

    /** The same texts without personal data. */
    Redacted of(List<Field> fields) {
        List<String> texts = new ArrayList<>(fields.size());
        fields.forEach(each -> texts.add(each.text()));
        List<List<Match>> found = found(fields, texts, Map.of());
        if (found == null) {
            return new Redacted(texts, Map.of());
        }
        Placeholders.Numbers numbers = scanner.placeholders().numbers();
        texts.forEach(each -> {
            if (each != null) {
                numbers.avoid(each);
            }
        });
        Map<String, Match> dates = new LinkedHashMap<>();
        for (int round = 0; found != null && round < MOST_ROUNDS; round++) {
            for (int i = 0; i < texts.size(); i++) {
                rememberDates(texts.get(i), found.get(i), dates);
                texts.set(i, replaced(texts.get(i), found.get(i), numbers));
            }
            found = found(fields, texts, dates);
        }
        return new Redacted(texts, numbers.counts());
    }

    /** @return null where there is nothing */
    private List<List<Match>> found(List<Field> fields, List<String> texts, Map<String, Match> dates) {
        List<List<Match>> found = new ArrayList<>(texts.size());
        boolean isAny = false;
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            List<Match> matches =
                    text == null ? List.of() : scanner.find(text, fields.get(i).label());
            if (matches.isEmpty() && text != null && !dates.isEmpty()) {
                matches = again(text, dates);
            }
            isAny |= !matches.isEmpty();
            found.add(matches);
        }
        return isAny ? found : null;
    }

    /** A date that is somebody's birth in one sentence is it in the next one, too. */
    private static void rememberDates(String text, List<Match> matches, Map<String, Match> dates) {
        for (Match each : matches) {
            if (each.kind().equals(Kind.BIRTH_DATE.code())) {
                dates.put(text.substring(each.start(), each.end()), each);
            }
        }
    }

    private static List<Match> again(String text, Map<String, Match> dates) {
        for (Map.Entry<String, Match> each : dates.entrySet()) {
            String date = each.getKey();
            List<Match> matches = new ArrayList<>();
            int at = text.indexOf(date);
            while (at >= 0) {
                int end = at + date.length();
                boolean isWhole = (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)))
                        && (end == text.length() || !Character.isDigit(text.charAt(end)));
                if (isWhole) {
                    Match known = each.getValue();
                    matches.add(new Match(at, end, known.kind(), known.rank(), known.value()));
                }
                at = text.indexOf(date, end);
            }
            if (!matches.isEmpty()) {
                return matches;
            }
        }
        return List.of();
    }

    private static String replaced(String text, List<Match> matches, Placeholders.Numbers numbers) {
        if (matches.isEmpty()) {
            return text;
        }
        StringBuilder replaced = new StringBuilder(text.length());
        int from = 0;
        for (Match each : matches) {
            replaced.append(text, from, each.start()).append(numbers.of(each));
            from = each.end();
        }
        return replaced.append(text, from, text.length()).toString();
    }
}
