package io.rationale.core.r1;

import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Text such as reasoning models write, without a loop, from a seed. */
final class Texts {
    private static final List<String> LABELS = List.of(
            "missed-passage", "wrong-chunk", "fabricated-content", "wrong-format", "incomplete-answer", "no-error");
    private static final List<String> SUBJECTS = List.of(
            "the retriever",
            "the answer",
            "the second passage",
            "the dose",
            "the table",
            "the reader",
            "this claim",
            "the manual",
            "its source",
            "the ranking",
            "the index",
            "the user",
            "the figure",
            "the old revision",
            "the footnote",
            "the summary",
            "the translation",
            "the third context",
            "the price",
            "the deadline");
    private static final List<String> VERBS = List.of(
            "contradicts",
            "leaves out",
            "repeats",
            "mentions",
            "was built from",
            "does not support",
            "replaces",
            "precedes",
            "depends on",
            "explains",
            "hides",
            "names",
            "was cut before",
            "points at",
            "mixes up",
            "quotes",
            "ignores",
            "translates",
            "counts",
            "describes");
    private static final List<String> OPENINGS = List.of(
            "Wait,",
            "So",
            "Hmm,",
            "Then again,",
            "Looking closer,",
            "On the other hand,",
            "Still,",
            "But",
            "First,",
            "In the end",
            "If that holds,",
            "As far as I can tell,",
            "The note says that",
            "Perhaps",
            "No,");
    private static final List<String> GERMAN = List.of(
            "der Abschnitt",
            "widerspricht",
            "dem Handbuch",
            "weil",
            "die Dosis",
            "fehlt",
            "aber",
            "der Nutzer",
            "meint",
            "eine Tabelle",
            "obwohl",
            "die Quelle",
            "veraltet ist",
            "also",
            "passt",
            "die Kategorie",
            "nicht",
            "ganz",
            "denn",
            "im zweiten Kontext",
            "steht",
            "etwas anderes",
            "vermutlich",
            "wurde");
    private static final String CHINESE =
            "这条注释说明检索系统没有找到正确的段落因为用户询问剂量而答案引用了旧版手册所以类别应该是遗漏内容但也可能格式错误" + "我们再看第二个上下文其中表格被切断数字与原文不符因此模型编造了来源需要进一步确认";

    private final Random random;

    Texts(Random random) {
        this.random = random;
    }

    /** A text of one of many kinds. */
    String honest() {
        return switch (random.nextInt(11)) {
            case 0 -> enumeration(100 + random.nextInt(500));
            case 1 -> skeleton(16);
            case 2 -> drafts(16);
            case 3 -> table(40 + random.nextInt(200));
            case 4 -> chinese(3_000);
            case 5 -> german(3_000);
            case 6 -> prose(400) + chinese(800) + german(500) + prose(200);
            case 7 -> code(60);
            case 8 -> reconsiderations(120);
            case 9 -> labelsAgainAndAgain(12);
            default -> sparse(300);
        };
    }

    String prose(int sentences) {
        return repeat(sentences, i -> sentence() + (random.nextInt(6) == 0 ? "\n\n" : " "));
    }

    String sentence() {
        StringJoiner clauses = new StringJoiner(random.nextBoolean() ? " and " : ", which means that ", "", ".");
        for (int i = random.nextInt(2); i >= 0; i--) {
            clauses.add(pick(SUBJECTS) + " " + pick(VERBS) + " " + pick(SUBJECTS));
        }
        return pick(OPENINGS) + " " + clauses;
    }

    /** Items that differ in nothing but their number. */
    String enumeration(int items) {
        String about = sentence();
        return repeat(items, i -> i + ". " + about + " So the category stays the same.\n");
    }

    /** Lines of a label for each number, most of them the same. */
    String sparse(int items) {
        return repeat(items, i -> "n" + i + ": " + (random.nextInt(9) == 0 ? pick(LABELS) : "no-error") + "\n");
    }

    /** One paragraph for each note, all alike. */
    String skeleton(int notes) {
        return repeat(
                notes,
                i ->
                        "Note n%d: Let me look at this one. The note says that %s. The question is which of the categories fits best. The candidates are %s and %s. Since %s, I choose %s.\n\n"
                                .formatted(i, sentence(), pick(LABELS), pick(LABELS), sentence(), pick(LABELS)));
    }

    String verdicts(int notes) {
        return IntStream.rangeClosed(1, notes)
                .mapToObj(i ->
                        "{\"id\":\"n%d\",\"category\":\"%s\",\"secondary\":null,\"evidence\":[\"%s\"],\"rationale\":\"%s\",\"confidence\":\"high\"}"
                                .formatted(i, pick(LABELS), sentence(), sentence()))
                .collect(Collectors.joining(",\n", "{\"verdicts\":[\n", "\n]}\n"));
    }

    /** A thought with the same draft twice. */
    String drafts(int notes) {
        String draft = verdicts(notes);
        return prose(40) + draft + "Let me check this once more.\n" + prose(3) + draft + prose(5);
    }

    String table(int rows) {
        return "| id | subject | label | score | a | b | c |\n|---|---|---|---|---|---|---|\n"
                + repeat(rows, i -> "| %d | %s | %s | 0.%d | 0 | 0 | 0 |\n"
                        .formatted(i, pick(SUBJECTS), pick(LABELS), random.nextInt(100)));
    }

    String chinese(int characters) {
        StringBuilder text = new StringBuilder();
        while (text.length() < characters) {
            int from = random.nextInt(CHINESE.length() - 6);
            text.append(CHINESE, from, from + 2 + random.nextInt(4));
            if (random.nextInt(5) == 0) {
                text.append(random.nextBoolean() ? "，" : "。\n");
            }
        }
        return text.toString();
    }

    String german(int words) {
        return repeat(words, i -> pick(GERMAN) + (random.nextInt(9) == 0 ? ". " : " "));
    }

    String code(int methods) {
        String name = word();
        return repeat(
                methods, i -> "    public void set%1$s%2$d(String value) {\n        this.%1$s%2$d = value;\n    }\n\n"
                        .formatted(name, i));
    }

    String reconsiderations(int times) {
        return repeat(
                times,
                i -> "Wait, let me reconsider. " + sentence() + " So the category could be " + pick(LABELS) + ".\n");
    }

    /** The closed list, copied with its definitions, between thoughts. */
    String labelsAgainAndAgain(int times) {
        String list = LABELS.stream()
                .map(label -> "- " + label + ": when the failure is of that kind\n")
                .collect(Collectors.joining());
        return repeat(times, i -> "The categories are:\n" + list + prose(6));
    }

    String word() {
        return repeat(3 + random.nextInt(7), i -> String.valueOf((char) ('a' + random.nextInt(26))));
    }

    /** A text of about that many tokens in which nothing recurs. */
    String paragraph(int tokens) {
        StringBuilder text = new StringBuilder();
        while (text.length() < 4 * tokens) {
            text.append(word()).append(random.nextInt(12) == 0 ? ".\n" : " ");
        }
        return text.toString();
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static String repeat(int times, IntFunction<String> piece) {
        return IntStream.rangeClosed(1, times).mapToObj(piece).collect(Collectors.joining());
    }
}
