package io.rationale.core.discovery;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Ids of categories from their names: lower-case letters, digits and hyphens, no two alike. */
final class Slugs {
    private static final int LONGEST = 48;

    private final Set<String> taken = new HashSet<>();

    Slugs(Set<String> taken) {
        this.taken.addAll(taken);
    }

    /** A new id; {@code pattern} and a number for names without a Latin letter. */
    String next(String name) {
        String slug = slug(name);
        String stem = slug.isEmpty() ? "pattern" : slug;
        String id = slug;
        for (int i = slug.isEmpty() ? 1 : 2; id.isEmpty() || taken.contains(id); i++) {
            id = stem + "-" + i;
        }
        taken.add(id);
        return id;
    }

    /** The name in an id's letters, or empty. */
    static String slug(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}+", "")
                .toLowerCase(Locale.ROOT)
                .replace("ß", "ss")
                .replaceAll("['’]", "")
                .replaceAll("[^a-z0-9]+", "-");
        String cut = plain.length() <= LONGEST ? plain : atWord(plain);
        return cut.replaceAll("^-|-$", "");
    }

    private static String atWord(String slug) {
        int end = slug.lastIndexOf('-', LONGEST);
        return slug.substring(0, end > LONGEST / 2 ? end : LONGEST);
    }
}
