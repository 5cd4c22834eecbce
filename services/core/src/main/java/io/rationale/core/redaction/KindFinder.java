package io.rationale.core.redaction;

/**
 * A finder and what it is for.
 *
 * @param code   of what it finds
 * @param needs  what a text must have at least
 * @param finder of it
 */
record KindFinder(String code, Needs needs, Finder finder) {
    /** What a text must have, so that looking for the kind is worth its time. */
    enum Needs {
        ANYTHING,
        SIGN,
        DIGITS_3,
        DIGITS_6,
        DIGITS_8,
        ADDRESS
    }

    static KindFinder of(Kind kind) {
        return switch (kind) {
            case EMAIL -> new KindFinder(kind.code(), Needs.SIGN, new EmailFinder());
            case IBAN -> new KindFinder(kind.code(), Needs.DIGITS_8, new IbanFinder());
            case CARD -> new KindFinder(kind.code(), Needs.DIGITS_8, new CardFinder());
            case IP -> new KindFinder(kind.code(), Needs.ADDRESS, new IpFinder());
            case BIRTH_DATE -> new KindFinder(kind.code(), Needs.DIGITS_3, new BirthDateFinder());
            case PHONE -> new KindFinder(kind.code(), Needs.DIGITS_6, new PhoneFinder());
        };
    }
}
