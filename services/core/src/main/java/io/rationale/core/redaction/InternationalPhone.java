package io.rationale.core.redaction;

import static io.rationale.core.redaction.Letters.isDigit;

/** Telephone numbers with the code of a country. */
final class InternationalPhone {
    private static final String SIGNS = " -./";
    private static final int MOST_DIGITS = 15;

    private InternationalPhone() {}

    /** @param country where its code begins */
    static int endOf(Plain text, int start, int country) {
        int at = country;
        StringBuilder digits = new StringBuilder(16);
        int end = -1;
        int groups = 0;
        int before = 0;
        while (at < text.length() && digits.length() < MOST_DIGITS) {
            int next = skipSigns(text, at, digits.isEmpty());
            if (!isDigit(text.at(next))) {
                break;
            }
            int close = next;
            while (isDigit(text.at(close))) {
                close++;
            }
            boolean isOptionalZero = close == next + 1 && text.at(next) == '0' && text.at(next - 1) == '(';
            int added = isOptionalZero ? 0 : close - next;
            boolean isPast = digits.length() + added > mostDigits(digits)
                    || digits.length() >= 9 && text.at(next - 1) == ' ' && (before >= 5 || added < 2);
            if (isPast) {
                break;
            }
            if (!isOptionalZero) {
                digits.append(text.chars(), next, added);
            }
            before = close - next;
            groups++;
            at = close;
            end = close;
        }
        boolean isMarked = text.at(country - 1) == '+';
        return end > 0
                        && isInternational(text, start, digits, groups, isMarked)
                        && PhoneSurroundings.endsWell(text, end, true)
                ? end
                : -1;
    }

    private static int skipSigns(Plain text, int at, boolean isFirst) {
        int next = at;
        while (next < at + 4 && (SIGNS.indexOf(text.at(next)) >= 0 || text.at(next) == '(' || text.at(next) == ')')) {
            next++;
        }
        return isFirst && next > at + 1 ? at : next;
    }

    private static boolean isInternational(Plain text, int start, CharSequence digits, int groups, boolean isMarked) {
        String number = digits.toString();
        if (number.isEmpty() || number.charAt(0) == '0' || number.length() < CallingCodes.fewestDigits(number)) {
            return false;
        }
        if (CallingCodes.length(number) == 0 || number.length() > CallingCodes.mostDigits(number)) {
            return false;
        }
        // 00 may also be the beginning of a number that is filled up with zeros.
        return isMarked || !PhoneSurroundings.isAfterOther(text, start) && (groups > 1 || number.length() >= 10);
    }

    private static int mostDigits(CharSequence digits) {
        return digits.length() < 3 ? MOST_DIGITS : CallingCodes.mostDigits(digits.toString());
    }
}
