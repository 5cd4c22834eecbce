package io.rationale.core.redaction;

import static io.rationale.core.redaction.Letters.isDigit;
import static io.rationale.core.redaction.Letters.isWord;

/**
 * Numbers of payment cards: 13 to 19 digits in one piece or in groups with the same sign between them, with a correct
 * check digit (Luhn; ISO/IEC 7812-1, annex B), that begin as the cards of a known issuer do. One that does not counts
 * where it is written in groups of four, or after a word for card.
 */
final class CardFinder implements Finder {
    private static final int LEAST = 13;
    private static final int MOST = 19;
    private static final int MOST_GROUPS = 7;
    private static final WordIndex CARD_WORDS = WordIndex.of(
            "card",
            "credit card",
            "creditcard",
            "debit card",
            "cardnumber",
            "pan",
            "visa",
            "mastercard",
            "amex",
            "maestro",
            "karte",
            "kreditkarte",
            "kartennummer",
            "kreditkartennummer",
            "carte",
            "carte bleue",
            "tarjeta",
            "carta",
            "cartão",
            "cartao",
            "karta",
            "karty",
            "kort",
            "kortnummer",
            "kaart",
            "kaartnummer",
            "kortti",
            "kart",
            "карта",
            "карты",
            "卡",
            "卡号",
            "カード",
            "카드");

    @Override
    public void find(Plain text, Found found) {
        char[] c = text.chars();
        int i = 0;
        while (i < c.length) {
            if (!isDigit(c[i])) {
                i++;
                continue;
            }
            Groups groups = Groups.at(text, i, MOST_GROUPS, 24, " -.");
            int end = isBeginning(text, i) ? find(text, groups, found) : -1;
            // What was looked at in vain is looked at again from its next group, which may begin another number.
            i = end > 0 ? end : groups.end(0);
        }
    }

    private static boolean isBeginning(Plain text, int i) {
        char before = text.at(i - 1);
        return !isWord(before) && !((before == '.' || before == ',') && isDigit(text.at(i - 2)));
    }

    /** @return the end of a number that begins with the first group, or -1 */
    private static int find(Plain text, Groups groups, Found found) {
        int digits = 0;
        int best = -1;
        for (int n = 0; n < groups.count(); n++) {
            digits += groups.length(n);
            if (digits > MOST || n > 0 && groups.separator(n) != groups.separator(1)) {
                break;
            }
            if (digits >= LEAST && isCard(text, groups, n + 1, digits)) {
                best = n;
            }
        }
        if (best < 0) {
            return -1;
        }
        found.add(groups.start(0), groups.end(best), groups.digits(best + 1));
        return groups.end(best);
    }

    private static boolean isCard(Plain text, Groups groups, int count, int digits) {
        if (!groups.endsWell(count) || !isShape(groups, count)) {
            return false;
        }
        String number = groups.digits(count);
        return isLuhn(number)
                && number.chars().distinct().count() > 1
                && (isIssued(number, digits)
                        || isInFours(groups, count)
                        || CARD_WORDS.isNear(text, groups.start(0), 32, groups.start(0)));
    }

    private static boolean isShape(Groups groups, int count) {
        for (int n = 0; n < count - 1; n++) {
            if (groups.length(n) < 3) {
                return false;
            }
        }
        return count == 1 || groups.length(0) >= 4;
    }

    private static boolean isInFours(Groups groups, int count) {
        for (int n = 0; n < count; n++) {
            if (groups.length(n) != 4) {
                return false;
            }
        }
        return count == 4;
    }

    private static boolean isLuhn(String number) {
        int sum = 0;
        for (int i = 0; i < number.length(); i++) {
            int digit = number.charAt(number.length() - 1 - i) - '0';
            int twice = digit * 2;
            sum += i % 2 == 0 ? digit : twice > 9 ? twice - 9 : twice;
        }
        return sum % 10 == 0;
    }

    /** Issuers' ranges, as the networks publish them. */
    private static boolean isIssued(String number, int digits) {
        int two = Integer.parseInt(number.substring(0, 2));
        int three = Integer.parseInt(number.substring(0, 3));
        int four = Integer.parseInt(number.substring(0, 4));
        return switch (digits) {
            case 13 -> two / 10 == 4;
            case 14 -> three >= 300 && three <= 305 || four == 3095 || two == 36 || two == 38 || two == 39;
            case 15 -> two == 34 || two == 37;
            default ->
                two / 10 == 4 && (digits == 16 || digits == 19)
                        || digits == 16 && (two >= 51 && two <= 55 || four >= 2221 && four <= 2720)
                        || four >= 3528 && four <= 3589
                        || four >= 2200 && four <= 2204
                        || two == 50
                        || two >= 56 && two <= 69
                        || digits == 16 && (two == 81 || two == 82 || four == 9792 || two == 36);
        };
    }
}
