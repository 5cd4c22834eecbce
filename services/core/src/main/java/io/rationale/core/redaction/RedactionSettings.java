package io.rationale.core.redaction;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What is taken out of notes, checked: whoever has these can be sure that every expression and every list can be used.
 *
 * @param kinds       of what is known without configuration
 * @param expressions in RE2's syntax, by name
 * @param words       files with a word or phrase a line, by name
 */
public record RedactionSettings(Set<Kind> kinds, Map<String, String> expressions, Map<String, Path> words) {
    /** Everything that is known without configuration. */
    public static final RedactionSettings DEFAULT = new RedactionSettings(Set.of(Kind.values()), Map.of(), Map.of());

    /** Nothing. */
    public static final RedactionSettings NONE = new RedactionSettings(Set.of(), Map.of(), Map.of());

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,31}");
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    public RedactionSettings {
        kinds = Set.copyOf(kinds);
        expressions = Map.copyOf(expressions);
        words = Map.copyOf(words);
    }

    /** What finds all this. @throws IllegalArgumentException with a sentence about the first setting that is wrong */
    List<KindFinder> finders() {
        Map<String, KindFinder> own = new TreeMap<>();
        expressions.forEach((name, expression) -> own.put(
                "expression " + name,
                new KindFinder(
                        checkedName("expressions", name),
                        KindFinder.Needs.ANYTHING,
                        new ExpressionFinder(name, expression))));
        words.forEach((name, file) -> own.put(
                "words " + name,
                new KindFinder(
                        checkedName("words", name), KindFinder.Needs.ANYTHING, new WordFinder(read(name, file)))));
        return java.util.stream.Stream.concat(
                        Arrays.stream(Kind.values()).filter(kinds::contains).map(KindFinder::of), own.values().stream())
                .toList();
    }

    private static String checkedName(String what, String name) {
        String code = name.toLowerCase(Locale.ROOT);
        boolean isTaken =
                Arrays.stream(Kind.values()).anyMatch(kind -> kind.code().equals(code));
        if (!NAME.matcher(name).matches() || isTaken || code.equals(Kind.NONE)) {
            throw new IllegalArgumentException("rationale.redaction." + what + "." + name
                    + " has a name that cannot be used: take up to 32 letters, digits and hyphens that begin with a letter,"
                    + " and none of the names of rationale.redaction.kinds.");
        }
        return code;
    }

    private static WordIndex read(String name, Path file) {
        String key = "rationale.redaction.words." + name;
        List<String> lines;
        try {
            lines = Files.readString(file, StandardCharsets.UTF_8).lines().toList();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(
                    key + " names the file " + file + ", which is not UTF-8: save it as UTF-8.", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    key + " names the file " + file + ", which cannot be read ("
                            + e.getClass().getSimpleName() + "): let it name a text file with a word or phrase a line.",
                    e);
        }
        List<String> entries = lines.stream()
                .map(line -> !line.isEmpty() && line.charAt(0) == BYTE_ORDER_MARK ? line.substring(1) : line)
                .map(String::strip)
                .filter(line -> !line.isEmpty() && line.charAt(0) != '#')
                .toList();
        WordIndex index = WordIndex.of(entries);
        if (index.isEmpty()) {
            throw new IllegalArgumentException(
                    key + " names the file " + file + ", which holds no word: write one word or phrase a line.");
        }
        return index;
    }
}
