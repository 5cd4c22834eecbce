package io.rationale.core.redaction;

import static io.rationale.core.redaction.Letters.isDigit;

import java.nio.CharBuffer;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates of birth: a whole date, in numbers or with a written month, beside a word for birth. A date elsewhere is none, nor
 * is a year alone. Of the dates before and after the word the nearer one counts.
 */
final class BirthDateFinder implements Finder {
    private static final int REACH_AFTER = 60;
    private static final int REACH_BEFORE = 36;
    /** What a comma, a semicolon or an end of a sentence between word and date counts. */
    private static final int PUNCTUATION = 12;

    private static final WordIndex BIRTH = WordIndex.read("birth-words.txt");

    /** Words that are often said of something else: only with the date right beside them. */
    private static final java.util.Set<String> SHORT = java.util.Set.of(
            "nato", "nata", "ur", "nar", "р", "nac", "nasc", "nato a", "nata a", "sinh", "roden", "synt", "geb");

    private static final int SHORT_REACH = 24;

    private static final String YEAR = "(?:1[89]|20)\\d\\d";
    private static final String MONTH =
            "(?:jan|feb|fév|fev|mar|mär|mae|mrz|apr|avr|abr|may|mai|maj|mag|mei|jun|jui|giu|juin|jul|lug|aug"
                    + "|aoû|aou|ago|sep|set|oct|okt|ott|out|nov|dec|dez|déc|dic|ene|gen|янв|фев|мар|апр|май|мая|июн|июл|авг|сен|окт"
                    + "|ноя|дек)\\p{L}{0,9}\\.?";
    private static final String ORDINAL = "(?:st|nd|rd|th|er|ère|re|º|ª|°|\\.|-?го|-?e|a|η|ου)?";
    private static final String OF = "(?:of |the |de |d'|di |do |del )?";

    private static final Pattern DATE = Pattern.compile(
            "(?<![\\d.])(?:"
                    // One that was taken out before: it is the word's date, and no other is.
                    + "\\[BIRTH-DATE-\\d{1,4}\\]|"
                    // 1980-03-12, 1980年3月12日, 昭和55年3月12日
                    + YEAR + " ?[-/.] ?(?:1[0-2]|0?[1-9]) ?[-/.] ?(?:3[01]|[12]\\d|0?[1-9])(?!\\d)"
                    + "|(?:" + YEAR + "|(?:明治|大正|昭和|平成|令和) ?(?:\\d{1,2}|元)) ?[年년] ?\\d{1,2} ?[月월] ?\\d{1,2} ?[日일号]?"
                    // 12.03.1980, 3/12/80, 12-03-1980, 12 03 1980
                    + "|(?:3[01]|[12]\\d|0?[1-9]) ?([-/.]) ?(?:3[01]|[12]\\d|0?[1-9]) ?\\1 ?'?(?:" + YEAR
                    + "|\\d\\d)(?!\\d)"
                    + "|(?:3[01]|[12]\\d|0?[1-9]) (?:1[0-2]|0?[1-9]) " + YEAR + "(?!\\d)"
                    // 12 March 1980, 12th of March, 1980, 12-Mar-80
                    + "|(?:3[01]|[12]\\d|0?[1-9])" + ORDINAL + "[ -/]{1,2}" + OF
                    + "\\p{L}[\\p{L}\\p{M}]{2,14}\\.?,?[ -/]{1,2}" + OF + YEAR + "(?!\\d)"
                    + "|(?:3[01]|[12]\\d|0?[1-9])" + ORDINAL + "[ -/]{0,2}" + OF + MONTH + "[ -/]{0,2}'?\\d\\d(?!\\d)"
                    // March 12, 1980; 1980 March 12
                    + "|" + MONTH + "[ -/]{1,2}(?:the )?(?:3[01]|[12]\\d|0?[1-9])" + ORDINAL + ",?[ -/]{1,2}(?:" + YEAR
                    + "|'\\d\\d)(?!\\d)"
                    + "|" + YEAR + "\\.?[ -/]{1,2}"
                    + "\\p{L}[\\p{L}\\p{M}]{2,14}\\.?[ -/]{1,2}(?:3[01]|[12]\\d|0?[1-9])(?!\\d)"
                    + ")",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    /** As German registers have it: '(*12.03.1980)'. */
    private static final Pattern STAR = Pattern.compile("(?<![\\p{L}\\d*])(?<!\\d )\\* {0,2}"
            + "((?:3[01]|[12]\\d|0?[1-9])\\. ?(?:1[0-2]|0?[1-9])\\. ?" + YEAR + ")(?!\\d)");

    private static final Pattern COMPACT = Pattern.compile(
            "(?<!\\d)(?:" + YEAR + "(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])|(?:0[1-9]|[12]\\d|3[01])(?:0[1-9]|1[0-2])"
                    + YEAR + ")(?!\\d)");

    private static final Pattern ALSO = Pattern.compile(
            "[ ,;/&+]{1,3}(?:(?:and|und|et|y|e|i|och|og|en|ja|a|и|և)[ ,]{1,2})?", Pattern.CASE_INSENSITIVE);

    @Override
    public void find(Plain text, Found found) {
        CharBuffer all = region(text, 0, text.length());
        Matcher star = STAR.matcher(all);
        while (star.find()) {
            tell(text, new int[] {star.start(1), star.end(1)}, found);
        }
        int[] done = {0};
        BIRTH.find(text, (start, end) -> done[0] = Math.max(done[0], dateBeside(text, start, end, done[0], found)));
    }

    /** @return after the last date, or 0 */
    private static int dateBeside(Plain text, int start, int end, int done, Found found) {
        if (text.at(start - 1) == '[' && text.at(end) == '-') {
            // The name of a placeholder.
            return 0;
        }
        boolean isShort = SHORT.contains(text.string(start, end).toLowerCase(Locale.ROOT));
        if (isShort
                && text.at(start) != Character.toLowerCase(text.at(start))
                && text.string(start, end).equals("NATO")) {
            return 0;
        }
        int reach = isShort ? SHORT_REACH : REACH_AFTER;
        int[] after = after(text, end, Math.min(text.length(), end + reach + 24), end + reach);
        int[] before = before(text, Math.max(done, start - REACH_BEFORE), start);
        int costAfter = after == null ? Integer.MAX_VALUE : cost(text, end, after[0]);
        int costBefore = before == null || isShort ? Integer.MAX_VALUE : cost(text, before[1], start);
        int[] nearer = costAfter <= costBefore ? after : before;
        if (nearer == null || Math.min(costAfter, costBefore) == Integer.MAX_VALUE) {
            return 0;
        }
        tell(text, nearer, found);
        return nearer == after ? further(text, nearer[1], found) : nearer[1];
    }

    private static void tell(Plain text, int[] date, Found found) {
        found.add(date[0], date[1], text.string(date[0], date[1]).toLowerCase(Locale.ROOT));
    }

    private static int[] after(Plain text, int from, int to, int lastStart) {
        Matcher date = DATE.matcher(region(text, from, to));
        if (date.find() && from + date.start() <= lastStart) {
            return new int[] {from + date.start(), from + date.end()};
        }
        Matcher compact = COMPACT.matcher(region(text, from, Math.min(to, from + 16)));
        return compact.find() ? new int[] {from + compact.start(), from + compact.end()} : null;
    }

    private static int[] before(Plain text, int from, int to) {
        int start = from;
        while (start > 0 && start < to && isDigit(text.at(start)) && isDigit(text.at(start - 1))) {
            start++;
        }
        Matcher date = DATE.matcher(region(text, start, to));
        int[] last = null;
        while (date.find()) {
            last = new int[] {start + date.start(), start + date.end()};
        }
        return last;
    }

    /** Dates of several people: 'born 1.2.1980, 3.4.1982 and 5.6.1984'. */
    private static int further(Plain text, int from, Found found) {
        int at = from;
        while (true) {
            CharBuffer rest = region(text, at, Math.min(text.length(), at + 48));
            Matcher also = ALSO.matcher(rest);
            Matcher date = DATE.matcher(rest);
            if (!also.lookingAt() || !date.find() || date.start() != also.end()) {
                return at;
            }
            tell(text, new int[] {at + date.start(), at + date.end()}, found);
            at += date.end();
        }
    }

    private static int cost(Plain text, int from, int to) {
        int cost = to - from;
        for (int i = from; i < to; i++) {
            char c = text.at(i);
            boolean isEnd = c == ',' || c == ';' || c == '|' || c == '\n' || c == '。' || c == '、';
            boolean isFullStop = c == '.' && i > from;
            cost += isEnd || isFullStop ? PUNCTUATION : 0;
        }
        return cost;
    }

    private static CharBuffer region(Plain text, int from, int to) {
        return CharBuffer.wrap(text.chars(), from, Math.max(0, to - from)).slice();
    }
}
