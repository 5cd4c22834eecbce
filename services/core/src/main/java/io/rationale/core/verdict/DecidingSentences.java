package io.rationale.core.verdict;

import io.rationale.core.verdict.Sentences.Sentence;
import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the sentences of a chain of thought that decide: those that conclude on the verdict's category, and those that
 * quote its evidence. A help for readers and no claim about the model: what is marked is found by words.
 *
 * <p>A sentence concludes when it names the category, by id or by name, without denying or asking or supposing it, and says
 * a word of conclusion (in English, German, French, Spanish, Italian, Portuguese, Chinese, Japanese or Korean). Where no
 * sentence decides, the last one that names the category at all stands for them.
 */
public final class DecidingSentences {
    /** More would be no help. */
    public static final int MOST = 4;

    /** A shorter quote stands in too many sentences. */
    private static final int SHORTEST_QUOTE = 4;

    /** Words before the category's name in which a denial would stand. */
    private static final int DENIAL_REACH = 4;

    /** Scripts that write words next to each other, or endings onto them. */
    private static final Set<UnicodeScript> UNSPACED = EnumSet.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.HANGUL,
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR);

    private static final Pattern CONCLUSION = Pattern.compile(
            "(?iU)^\\W*also\\b|\\b(?:so|thus|therefore|hence|conclu\\w+|classif\\w+|categor\\w+|label\\w*|verdict|answer"
                    + "|final\\w*|overall|decid\\w*|decision|cho(?:ose|ice|sen)|best|fits?|match\\w*|belongs?|points? to"
                    + "|means|must be|go with|going with|settle\\w*|(?:this|that|it|note|case)(?: one)? (?:is|was)"
                    + "|it['’]s|that['’]s|daher|somit|deshalb|folglich|kategorie\\w*|passt|(?:das|dies|es) ist"
                    + "|donc|ainsi|cat[ée]gorie\\w*|c['’]est|categor[ií]a\\w*|por (?:lo )?tanto|así que|se trata de"
                    + "|quindi|dunque|portanto)\\b"
                    + "|因此|所以|结论|結論|类别|類別|属于|屬於|归类|歸類|应该是|應該是|就是|したがって|よって|である|です|따라서|그러므로|이다|입니다");

    private static final Pattern SUPPOSITION = Pattern.compile(
            "(?iU)\\b(?:might|maybe|perhaps|could|possibly|if|whether|vielleicht|könnte|ob|peut-être|pourrait|quizás?"
                    + "|podría|tal vez|forse|talvez|wait|hmm|considered)\\b|可能|也许|也許|或许|かもしれない|아마");

    private static final Set<String> DENIALS = Set.of(
            "not", "isn", "no", "nor", "neither", "never", "than", "instead", "against", "without", "unlike", "nicht",
            "kein", "keine", "statt", "pas", "ni", "non", "não", "nunca", "jamais", "不是", "不属于", "并非");

    private final String text;
    private final List<Sentence> sentences;

    private DecidingSentences(String text) {
        this.text = text;
        this.sentences = Sentences.of(text);
    }

    /**
     * The sentences of the verdict's reasoning that decide, in their order, {@link #MOST} at most.
     *
     * @param categoryName the category's name for people, or null
     */
    public static List<TextSpan> of(Verdict verdict, String categoryName) {
        return of(
                verdict.reasoning().text(),
                Stream.of(verdict.category(), categoryName == null ? "" : categoryName)
                        .toList(),
                verdict.evidence().stream().map(Evidence::quote).toList());
    }

    static List<TextSpan> of(String thought, List<String> names, List<String> quotes) {
        DecidingSentences found = new DecidingSentences(thought);
        return found.spans(found.chosen(new Naming(names), found.quoting(quotes)));
    }

    /** The last conclusion first, then quotes, then earlier conclusions from the end. */
    private Set<Integer> chosen(Naming naming, Set<Integer> quoting) {
        SequencedSet<Integer> named = new LinkedHashSet<>();
        List<Integer> concluding = new ArrayList<>();
        for (int i = 0; i < sentences.size(); i++) {
            String sentence = sentence(i);
            if (naming.isIn(sentence)) {
                named.add(i);
                if (concludes(sentence) && naming.isAffirmedIn(sentence)) {
                    concluding.add(i);
                }
            }
        }
        Set<Integer> chosen = new TreeSet<>();
        if (!concluding.isEmpty()) {
            chosen.add(concluding.removeLast());
        }
        quoting.stream()
                .sorted(Comparator.comparing((Integer i) -> !named.contains(i)))
                .limit(MOST - (long) chosen.size())
                .forEach(chosen::add);
        concluding.reversed().stream()
                .filter(i -> !chosen.contains(i))
                .limit(MOST - (long) chosen.size())
                .toList()
                .forEach(chosen::add);
        if (chosen.isEmpty() && !named.isEmpty()) {
            chosen.add(named.getLast());
        }
        return chosen;
    }

    private String sentence(int i) {
        return text.substring(sentences.get(i).start(), sentences.get(i).end());
    }

    private static boolean concludes(String sentence) {
        char last = sentence.charAt(sentence.length() - 1);
        boolean asks = last == '?' || last == '？' || last == '؟';
        return !asks
                && !SUPPOSITION.matcher(sentence).find()
                && CONCLUSION.matcher(sentence).find();
    }

    /** Sentences in which a quote, or a part of it, stands. */
    private Set<Integer> quoting(List<String> quotes) {
        Set<Integer> quoting = new TreeSet<>();
        if (quotes.isEmpty()) {
            return quoting;
        }
        Folded folded = Folded.of(text);
        for (String quote : quotes) {
            String wanted = Folded.of(quote).trimmed();
            if (wanted.codePointCount(0, wanted.length()) < SHORTEST_QUOTE) {
                continue;
            }
            for (int at = folded.text().indexOf(wanted);
                    at >= 0;
                    at = folded.text().indexOf(wanted, at + 1)) {
                int last = at + wanted.length() - 1;
                if (isWhole(folded.text(), at, last + 1)) {
                    addOverlapping(folded.originalStart(at), folded.originalEnd(last), quoting);
                }
            }
        }
        return quoting;
    }

    /** Whether no word is cut: {@code error} does not stand in {@code terrors}. */
    private static boolean isWhole(String text, int start, int end) {
        return !joins(text, start) && !joins(text, end);
    }

    private static boolean joins(String text, int at) {
        if (at == 0 || at == text.length()) {
            return false;
        }
        int before = text.codePointBefore(at);
        int after = text.codePointAt(at);
        return Character.isLetterOrDigit(before)
                && Character.isLetterOrDigit(after)
                && !UNSPACED.contains(UnicodeScript.of(before))
                && !UNSPACED.contains(UnicodeScript.of(after));
    }

    private void addOverlapping(int start, int end, Set<Integer> overlapping) {
        for (int i = firstEndingAfter(start);
                i < sentences.size() && sentences.get(i).start() < end;
                i++) {
            overlapping.add(i);
        }
    }

    private int firstEndingAfter(int offset) {
        int low = 0;
        int high = sentences.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sentences.get(middle).end() > offset) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private List<TextSpan> spans(Set<Integer> chosen) {
        List<TextSpan> spans = new ArrayList<>();
        int at = 0;
        int points = 0;
        for (int i : chosen) {
            Sentence sentence = sentences.get(i);
            int start = points + text.codePointCount(at, sentence.start());
            int end = start + text.codePointCount(sentence.start(), sentence.end());
            spans.add(new TextSpan(start, end));
            at = sentence.end();
            points = end;
        }
        return spans;
    }

    /** The category's id and name, as they may be written. */
    private static final class Naming {
        private final List<String> names;

        Naming(List<String> names) {
            this.names = names.stream()
                    .map(AnswerParser::folded)
                    .filter(name -> !name.isEmpty())
                    .distinct()
                    .toList();
        }

        boolean isIn(String sentence) {
            String folded = AnswerParser.folded(sentence);
            return names.stream().anyMatch(name -> next(folded, name, 0) >= 0);
        }

        /** Whether one of the places where it is named is not denied. */
        boolean isAffirmedIn(String sentence) {
            String folded = AnswerParser.folded(sentence);
            for (String name : names) {
                for (int at = next(folded, name, 0); at >= 0; at = next(folded, name, at + 1)) {
                    if (!isDenied(folded.substring(0, at))) {
                        return true;
                    }
                }
            }
            return false;
        }

        private static int next(String folded, String name, int from) {
            int at = folded.indexOf(name, from);
            while (at >= 0 && !isWhole(folded, at, at + name.length())) {
                at = folded.indexOf(name, at + 1);
            }
            return at;
        }

        /** By the last words before it, back to a word that turns the sentence. */
        private static boolean isDenied(String before) {
            String[] words = before.strip().split(" ");
            for (int i = words.length - 1; i >= Math.max(0, words.length - DENIAL_REACH); i--) {
                String word = words[i];
                if (word.equals("but") || word.equals("sondern") || word.equals("mais") || word.equals("sino")) {
                    return false;
                }
                if (DENIALS.contains(word) || DENIALS.stream().anyMatch(each -> isEndOf(word, each))) {
                    return true;
                }
            }
            return false;
        }

        /** Scripts without spaces make one word of a clause. */
        private static boolean isEndOf(String clause, String denial) {
            return Character.isIdeographic(denial.codePointAt(0)) && clause.endsWith(denial);
        }
    }
}
