package io.rationale.core.redaction;

import static io.rationale.core.redaction.Letters.isDigit;
import static io.rationale.core.redaction.Letters.isUnspaced;

import java.util.regex.Pattern;

/**
 * Telephone numbers: international ones, ones with an area code in parentheses, those of North America with hyphens or
 * points, national ones that begin with 0 in the groupings that are usual, and any number of a likely length after a
 * word for telephone. A number after a word for orders, invoices, tickets and the like is none, and neither are dates,
 * amounts, versions and plain digits without such a word.
 */
final class PhoneFinder implements Finder {
    private static final String SIGNS = " -./";
    private static final int FEWEST_DIGITS = 6;
    /** Of Germany, Britain, France, Japan and Korea, which are often written in one piece. */
    private static final Pattern MOBILE =
            Pattern.compile("01[5-7]\\d{8,9}|07[1-9]\\d{8}|0[67]\\d{8}|0[789]0\\d{8}|010\\d{8}");

    private static final Pattern DAY = Pattern.compile("(?:19|20)\\d\\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])");
    private static final Pattern CHINESE_MOBILE = Pattern.compile("1[3-9]\\d{9}");

    @Override
    public void find(Plain text, Found found) {
        char[] c = text.chars();
        int i = 0;
        while (i < c.length) {
            boolean begins = (isDigit(c[i]) || c[i] == '+' || c[i] == '(') && !isDigit(text.at(i - 1));
            int end = begins ? found(text, i, found) : -1;
            i = Math.max(i + 1, end);
        }
    }

    private static int found(Plain text, int start, Found found) {
        if (!PhoneSurroundings.beginsWell(text, start)) {
            return -1;
        }
        int end = endOf(text, start);
        if (end < 0) {
            return -1;
        }
        String digits = digits(text, start, end);
        boolean isMarked = text.at(start) == '+' || text.at(start + 1) == '+';
        found.add(start, end, isMarked ? '+' + digits : digits.startsWith("00") ? '+' + digits.substring(2) : digits);
        return end;
    }

    /** The same number with and without its optional zero is one. */
    private static String digits(Plain text, int start, int end) {
        StringBuilder digits = new StringBuilder(16);
        for (int i = start; i < end; i++) {
            boolean isOptional = text.at(i) == '0' && text.at(i - 1) == '(' && text.at(i + 1) == ')';
            if (isDigit(text.at(i)) && !isOptional) {
                digits.append(text.at(i));
            }
        }
        return digits.toString();
    }

    private static int endOf(Plain text, int start) {
        char first = text.at(start);
        char second = text.at(start + 1);
        if (first == '+' || first == '(' && second == '+') {
            return InternationalPhone.endOf(text, start, first == '+' ? start + 1 : start + 2);
        }
        int end = -1;
        if (first == '(') {
            end = parenthesised(text, start);
        } else if (first == '0' && second == '0') {
            end = InternationalPhone.endOf(text, start, start + 2);
        }
        return end > 0 ? end : national(text, start);
    }

    private static int parenthesised(Plain text, int start) {
        int close = start + 1;
        int spaces = 0;
        while (close < start + 8 && (isDigit(text.at(close)) || text.at(close) == ' ')) {
            spaces += text.at(close) == ' ' ? 1 : 0;
            close++;
        }
        int area = close - start - 1 - spaces;
        if (area < 1 || area > 5 || text.at(close) != ')') {
            return -1;
        }
        int next = close + 1;
        while (next < close + 4 && SIGNS.indexOf(text.at(next)) >= 0) {
            next++;
        }
        if (!isDigit(text.at(next))) {
            return -1;
        }
        Groups groups = Groups.at(text, next, 5, 10, SIGNS);
        for (int count = usable(groups, area); count > 0; count--) {
            int rest = groups.digitCount(count);
            boolean isPlausible = text.at(start + 1) == '0'
                    ? area >= 2 && rest >= 4 && area + rest >= 8 && area + rest <= 12
                    : area == 3 && isSevenDigits(groups, count)
                            || area == 2 && rest >= 8 && rest <= 9
                            || PhoneSurroundings.isAfterPhone(text, start) && area + rest >= 7 && area + rest <= 12;
            if (isPlausible
                    && !PhoneSurroundings.isAfterOther(text, start)
                    && PhoneSurroundings.endsWell(text, groups.end(count - 1), false)) {
                return groups.end(count - 1);
            }
        }
        return -1;
    }

    private static boolean isSevenDigits(Groups groups, int count) {
        return count == 1 && groups.length(0) == 7
                || count == 2 && groups.length(0) == 3 && groups.length(1) == 4
                || count == 3 && groups.length(0) == 3 && groups.length(1) == 2 && groups.length(2) == 2;
    }

    /** How many of the groups belong together: after a long one, a space ends the number. */
    private static int usable(Groups groups, int before) {
        int count = 1;
        int digits = before + groups.length(0);
        while (count < groups.count()
                && digits + groups.length(count) <= 13
                && !(groups.separator(count) == ' '
                        && (groups.length(count - 1) >= 5 && digits >= 8 || groups.length(count) < 2))) {
            digits += groups.length(count);
            count++;
        }
        return count;
    }

    private static int national(Plain text, int start) {
        if (!isDigit(text.at(start))) {
            return -1;
        }
        Groups groups = Groups.at(text, start, 6, 14, SIGNS);
        int most = usable(groups, 0);
        if (groups.digitCount(most) < FEWEST_DIGITS) {
            return eightAndArea(text, groups);
        }
        boolean isAfterPhone = PhoneSurroundings.isAfterPhone(text, start);
        if (!isAfterPhone && PhoneSurroundings.isAfterOther(text, start)) {
            return -1;
        }
        for (int count = most; count > 0; count--) {
            int end = groups.end(count - 1);
            boolean isNumber = isDistinct(text, groups, count) || isAfterPhone && isLikely(groups, count);
            if (isNumber && !isDate(groups, count) && PhoneSurroundings.endsWell(text, end, false)) {
                return end;
            }
        }
        return eightAndArea(text, groups);
    }

    /** 8 (495) 123-45-67. */
    private static int eightAndArea(Plain text, Groups groups) {
        int at = groups.end(0);
        if (groups.length(0) != 1 || text.at(groups.start(0)) != '8') {
            return -1;
        }
        int area = text.at(at) == ' ' ? at + 1 : at;
        int end = text.at(area) == '(' ? parenthesised(text, area) : -1;
        return end > 0 && digits(text, area, end).length() == 10 ? end : -1;
    }

    /** Whether the grouping alone says that it is a number. */
    private static boolean isDistinct(Plain text, Groups groups, int count) {
        boolean isNational =
                text.at(groups.start(0)) == '0' && groups.length(0) > 1 && text.at(groups.start(0) + 1) != '0';
        if (count == 1) {
            return isSinglePiece(text, groups, isNational);
        }
        return isNational
                ? isNationalGrouping(groups, count)
                : isNorthAmerican(groups, count) || isRussian(groups, count) || isChineseMobile(groups, count);
    }

    private static boolean isSinglePiece(Plain text, Groups groups, boolean isNational) {
        String digits = groups.digits(1);
        if (isNational) {
            return MOBILE.matcher(digits).matches();
        }
        boolean isWithin = isUnspaced(text.at(groups.start(0) - 1)) || isUnspaced(text.at(groups.end(0)));
        return isWithin && CHINESE_MOBILE.matcher(digits).matches();
    }

    private static boolean isNorthAmerican(Groups groups, int count) {
        int first = count == 4 && groups.length(0) == 1 && groups.digits(1).equals("1") ? 1 : 0;
        char sign = groups.separator(first + 1);
        return count == first + 3
                && groups.length(first) == 3
                && groups.length(first + 1) == 3
                && groups.length(first + 2) == 4
                && (sign == '-' || sign == '.' || first == 1)
                && groups.separator(first + 2) == sign
                && groups.digits(count).charAt(first) >= '2';
    }

    private static boolean isRussian(Groups groups, int count) {
        return count == 5
                && groups.length(0) == 1
                && groups.digits(1).equals("8")
                && groups.length(1) == 3
                && groups.length(2) == 3
                && groups.length(3) == 2
                && groups.length(4) == 2;
    }

    private static boolean isChineseMobile(Groups groups, int count) {
        return count == 3
                && groups.length(0) == 3
                && groups.length(1) == 4
                && groups.length(2) == 4
                && groups.separator(1) == groups.separator(2)
                && CHINESE_MOBILE.matcher(groups.digits(count)).matches();
    }

    private static boolean isNationalGrouping(Groups groups, int count) {
        int digits = groups.digitCount(count);
        int area = groups.length(0);
        boolean isSocialSecurity =
                count == 3 && area == 3 && groups.length(1) == 2 && groups.length(2) == 4 && groups.separator(1) == '-';
        if (digits < 9 || digits > 12 || area > 6 || isSocialSecurity) {
            return false;
        }
        boolean hasPoints = false;
        int shortest = 9;
        for (int i = 1; i < count; i++) {
            hasPoints |= groups.separator(i) == '.';
            shortest = Math.min(shortest, groups.length(i));
        }
        boolean isInPairs = count == 5 && area == 2 && digits == 10;
        if (hasPoints) {
            return isInPairs || count == 3 && area >= 3 && area <= 4 && digits >= 10;
        }
        return shortest >= 2 && (area > 2 || isInPairs || digits <= 11 && (count <= 3 || count == 4 && shortest >= 2));
    }

    private static boolean isLikely(Groups groups, int count) {
        int digits = groups.digitCount(count);
        boolean isDay = count == 1 && DAY.matcher(groups.digits(1)).matches();
        return digits >= FEWEST_DIGITS && digits <= 13 && !isDay;
    }

    /** A day, a month and a year, in any order, or one of their numbers in one piece. */
    private static boolean isDate(Groups groups, int count) {
        if (count < 3) {
            return false;
        }
        boolean isYearLast = groups.length(0) <= 2 && groups.length(1) <= 2 && (groups.length(2) == 4 && count == 3);
        boolean isYearFirst = groups.length(0) == 4 && groups.length(1) <= 2 && groups.length(2) <= 2 && count == 3;
        char sign = groups.separator(1);
        boolean isShort = sign != ' '
                && groups.separator(2) == sign
                && groups.length(0) <= 2
                && groups.length(1) <= 2
                && (groups.length(2) == 4 || groups.length(2) == 2 && (count == 3 || groups.separator(3) == ' '));
        return isYearLast || isYearFirst || isShort;
    }
}
