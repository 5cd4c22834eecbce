package io.rationale.core.redaction;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The kinds of personal data that are known without configuration; where two overlap, the first of equal length counts. */
public enum Kind {
    EMAIL("email"),
    IBAN("iban"),
    CARD("card"),
    IP("ip"),
    BIRTH_DATE("birth-date"),
    PHONE("phone");

    /** Switches all off. */
    public static final String NONE = "none";

    private final String code;

    Kind(String code) {
        this.code = code;
    }

    /** The name in configuration, counts and metrics. */
    public String code() {
        return code;
    }

    /**
     * The kinds of a configured list.
     *
     * @throws IllegalArgumentException with a sentence, when one is not known or the list is empty
     */
    public static Set<Kind> setOf(List<String> codes) {
        List<String> given = codes.stream()
                .map(each -> each.strip().toLowerCase(Locale.ROOT))
                .filter(each -> !each.isEmpty())
                .toList();
        if (given.equals(List.of(NONE))) {
            return EnumSet.noneOf(Kind.class);
        }
        EnumSet<Kind> kinds = EnumSet.noneOf(Kind.class);
        for (String each : given) {
            kinds.add(Arrays.stream(values())
                    .filter(kind -> kind.code.equals(each))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("rationale.redaction.kinds names \"" + each
                            + "\": set it to some of " + codes() + ", or to none alone.")));
        }
        if (kinds.isEmpty()) {
            throw new IllegalArgumentException("rationale.redaction.kinds is empty: set it to some of " + codes()
                    + ", or to none to leave personal data in the notes.");
        }
        return kinds;
    }

    private static String codes() {
        return Arrays.stream(values()).map(Kind::code).collect(Collectors.joining(", "));
    }
}
