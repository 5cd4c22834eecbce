package io.rationale.core.redaction;

import static io.rationale.core.redaction.Letters.isDigit;
import static io.rationale.core.redaction.Letters.isWord;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What stands around digits, and tells a telephone number from an order, an amount or a part of something longer. */
final class PhoneSurroundings {
    private static final int MOST_DIGITS = 15;

    private static final Map<String, Set<String>> WORDS = Words.read("phone-words.txt");
    private static final Set<String> PHONE_WORDS = WORDS.get("phone");
    private static final WordIndex UNSPACED_PHONE_WORDS = WordIndex.of(
            "电话", "電話", "手机", "手機", "联系电话", "携帯", "전화", "전화번호", "휴대폰", "핸드폰", "연락처", "โทร", "โทรศัพท์", "เบอร์");

    private static final Set<String> CALL_WORDS = WORDS.get("call");
    /** Of these, those right after which a number stands. */
    private static final Set<String> DIALLED = Set.of("call", "dial", "ring");

    private static final Set<String> WHOSE = WORDS.get("whose");
    private static final Set<String> BETWEEN = WORDS.get("between");
    private static final Set<String> OTHER_WORDS = WORDS.get("other");
    private static final Set<String> NUMBER_WORDS = WORDS.get("number");
    private static final Set<String> UNITS = WORDS.get("unit");

    private PhoneSurroundings() {}

    static boolean beginsWell(Plain text, int start) {
        char before = text.at(start - 1);
        char earlier = text.at(start - 2);
        if (before == '.' && !isDigit(earlier) && isAfterPhone(text, start)) {
            // 'Tel.030/123456'
            return true;
        }
        return !isWord(before)
                && "#_$€£¥§+".indexOf(before) < 0
                && !((before == '-'
                                || before == '/'
                                || before == '.'
                                || before == ','
                                || before == ':'
                                || before == '\'')
                        && (isDigit(earlier) || before != ',' && before != ':' && before != '\'' && isWord(earlier)))
                && !(before == ' ' && "$€£¥#".indexOf(earlier) >= 0)
                && !isWithinFours(text, start);
    }

    /** Whether it is a later part of a long number in groups of four. */
    private static boolean isWithinFours(Plain text, int start) {
        char before = text.at(start - 1);
        return (before == ' ' || before == '-')
                && isDigit(text.at(start))
                && endOfDigits(text, start) == start + 4
                && isDigit(text.at(start - 2))
                && isDigit(text.at(start - 3))
                && isDigit(text.at(start - 4))
                && isDigit(text.at(start - 5));
    }

    private static int endOfDigits(Plain text, int start) {
        int end = start;
        while (isDigit(text.at(end)) && end < start + MOST_DIGITS) {
            end++;
        }
        return end;
    }

    static boolean endsWell(Plain text, int end, boolean isInternational) {
        char after = text.at(end);
        char next = text.at(end + 1);
        boolean isJoined = isWord(after)
                || "%€$£".indexOf(after) >= 0
                || (after == '.' || after == ',' || after == ':' || after == '/') && isDigit(next)
                || (after == '_' || after == '-') && isWord(next) && !isDigit(next)
                || after == '-' && isDigit(next) && !isInternational;
        return !isJoined && (isInternational || !isUnit(text, end));
    }

    private static boolean isUnit(Plain text, int end) {
        int start = end;
        while (text.at(start) == ' ' && start < end + 2) {
            start++;
        }
        int close = start;
        while (isWord(text.at(close)) && close < start + 12) {
            close++;
        }
        return "%€$£".indexOf(text.at(start)) >= 0
                || close > start && UNITS.contains(text.string(start, close).toLowerCase(Locale.ROOT));
    }

    static boolean isAfterPhone(Plain text, int start) {
        boolean isReached = false;
        boolean isFirst = true;
        boolean isNumber = false;
        for (String each : WordIndex.wordsBefore(text, start, 5, 48)) {
            if (PHONE_WORDS.contains(each)) {
                return true;
            }
            if (isNumber && WHOSE.contains(each)) {
                return true;
            }
            isNumber = NUMBER_WORDS.contains(each);
            isReached |= each.equals("at")
                    || each.equals("from")
                    || each.equals("on")
                    || each.equals("under")
                    || each.equals("unter")
                    || each.equals("au")
                    || each.equals("al");
            if (CALL_WORDS.contains(each)) {
                return isReached || isFirst && DIALLED.contains(each);
            }
            isFirst = false;
            if (!BETWEEN.contains(each)) {
                break;
            }
        }
        return UNSPACED_PHONE_WORDS.isNear(text, start, 10, start);
    }

    static boolean isAfterOther(Plain text, int start) {
        String[] words = WordIndex.wordsBefore(text, start, 3, 40);
        for (int i = 0; i < words.length; i++) {
            if (OTHER_WORDS.contains(words[i])) {
                return true;
            }
            if (PHONE_WORDS.contains(words[i]) || i == 0 && !NUMBER_WORDS.contains(words[i])) {
                return false;
            }
        }
        return false;
    }
}
