package io.rationale.core.redaction;

import static io.rationale.core.redaction.Letters.isAsciiLetter;
import static io.rationale.core.redaction.Letters.isDigit;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * International bank account numbers (ISO 13616): a country's letters, as many characters as its numbers have, in one
 * piece or grouped, upper or lower case, with correct check digits (modulus 97).
 */
final class IbanFinder implements Finder {
    /** Country and length, from the registry that SWIFT keeps. */
    private static final String LENGTHS =
            "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24"
                    + " DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22"
                    + " IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31"
                    + " MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23"
                    + " ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30 DZ26 AO25 BJ28 BF28 CM27 CV25 CG27 CI28 GA27 IR26 MG27"
                    + " ML28 MZ25 SN28";

    private static final Map<String, Integer> LENGTH = new HashMap<>();

    static {
        for (String each : LENGTHS.split(" ")) {
            LENGTH.put(each.substring(0, 2), Integer.parseInt(each.substring(2)));
        }
    }

    @Override
    public void find(Plain text, Found found) {
        char[] c = text.chars();
        int i = 0;
        while (i + 14 < c.length) {
            boolean begins = isAsciiLetter(c[i]) && isAsciiLetter(c[i + 1]) && !isLetterOrDigit(text.at(i - 1));
            int end = begins ? endOf(text, i, found) : -1;
            i = Math.max(i + 1, end);
        }
    }

    private static boolean isLetterOrDigit(char c) {
        return isAsciiLetter(c) || isDigit(c);
    }

    private static int endOf(Plain text, int start, Found found) {
        if (!isDigit(text.at(start + 2)) && !isSeparator(text.at(start + 2))) {
            return -1;
        }
        Integer length = LENGTH.get(text.string(start, start + 2).toUpperCase(Locale.ROOT));
        if (length == null) {
            return -1;
        }
        StringBuilder number = new StringBuilder(34);
        int at = start;
        while (number.length() < length) {
            char c = text.at(at);
            if (isLetterOrDigit(c)) {
                number.append(Character.toUpperCase(c));
                at++;
            } else if (isSeparator(c) && isLetterOrDigit(text.at(at + 1))) {
                at++;
            } else {
                return -1;
            }
        }
        if (isLetterOrDigit(text.at(at)) || !hasCorrectCheck(number)) {
            return -1;
        }
        found.add(start, at, number.toString());
        return at;
    }

    private static boolean isSeparator(char c) {
        return c == ' ' || c == '-' || c == '.';
    }

    private static boolean hasCorrectCheck(CharSequence number) {
        if (!isDigit(number.charAt(2)) || !isDigit(number.charAt(3))) {
            return false;
        }
        int rest = 0;
        for (int i = 0; i < number.length(); i++) {
            char c = number.charAt((i + 4) % number.length());
            rest = isDigit(c) ? (rest * 10 + c - '0') % 97 : (rest * 100 + c - 'A' + 10) % 97;
        }
        return rest == 1;
    }
}
