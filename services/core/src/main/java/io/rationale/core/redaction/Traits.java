package io.rationale.core.redaction;

/**
 * What a text has that personal data needs, counted in one cheap pass: most texts have too little of it for anybody to
 * look closer.
 */
final class Traits {
    private int digits;
    private int points;
    private int colons;
    private boolean hasSign;
    private boolean saysAt;
    private boolean saysDot;
    private boolean hasBracketedAt;
    private boolean isStrange;
    private boolean hasOddSeparators;

    private Traits() {}

    static Traits of(CharSequence text) {
        Traits traits = new Traits();
        int length = text.length();
        char before = ' ';
        char earlier = ' ';
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                traits.beyondAscii(c);
            } else if (c <= '9') {
                traits.low(text, i, c);
            } else if (c <= '@' || c == '\\') {
                traits.middle(text, i, c);
            } else if ((c | 32) == 't') {
                traits.afterT((char) (before | 32), earlier);
            }
            earlier = before;
            before = c;
        }
        return traits;
    }

    private void low(CharSequence text, int i, char c) {
        if (c >= '0') {
            digits++;
        } else if (c == '.') {
            points++;
        } else if (c == '%') {
            isStrange |= isEscape(text, i);
        } else if (c == '&') {
            isStrange |= i + 2 < text.length() && "#cn".indexOf(text.charAt(i + 1)) >= 0;
        }
    }

    private void middle(CharSequence text, int i, char c) {
        if (c == ':') {
            colons++;
        } else if (c == '@') {
            hasSign = true;
        } else if (c == '\\') {
            isStrange |= i + 5 < text.length() && (text.charAt(i + 1) == 'u' || text.charAt(i + 1) == '\\');
        }
    }

    private static boolean isEscape(CharSequence text, int i) {
        return i + 2 < text.length()
                && text.charAt(i + 1) >= '2'
                && text.charAt(i + 1) <= '7'
                && Letters.isHex(text.charAt(i + 2));
    }

    private void afterT(char before, char earlier) {
        if (before == 'a' || before == ('ä' | 32)) {
            boolean isBracketed = earlier == '[' || earlier == '(' || earlier == '{' || earlier == '<';
            hasBracketedAt |= isBracketed;
            saysAt |= earlier == ' ' || earlier == '\n';
        } else if (before == 'o') {
            saysDot |= (earlier | 32) == 'd';
        } else if (before == 'k') {
            saysDot |= (earlier | 32) == 'n';
        }
    }

    private void beyondAscii(char c) {
        if (!Plain.isDisguise(c)) {
            return;
        }
        if (Plain.isSeparator(c)) {
            hasOddSeparators = true;
        } else {
            isStrange = true;
        }
    }

    /** Whether characters have to be looked through before anything can be said. */
    boolean isStrange() {
        return isStrange;
    }

    /** Whether spaces, hyphens or the like are not those of ASCII. */
    boolean hasOddSeparators() {
        return hasOddSeparators;
    }

    boolean has(KindFinder.Needs needs) {
        return switch (needs) {
            case ANYTHING -> true;
            case SIGN -> hasSign || hasBracketedAt || saysAt && saysDot;
            case DIGITS_3 -> digits >= 3;
            case DIGITS_6 -> digits >= 6;
            case DIGITS_8 -> digits >= 8;
            case ADDRESS -> points >= 3 && digits >= 4 || colons >= 2;
        };
    }
}
