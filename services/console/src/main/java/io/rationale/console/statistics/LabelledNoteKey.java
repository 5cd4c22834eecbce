package io.rationale.console.statistics;

import io.rationale.core.taxonomy.TaxonomyRef;
import io.rationale.core.verdict.Verdict;
import java.util.Locale;

/**
 * Keys of the store {@code labelled-notes}: version, label, falling agreement and confidence, note, parted by NUL, so
 * that reading a prefix gives a category's notes with the most agreed first and among those the surest. The bytes of UTF-8 sort as the code points do.
 */
public final class LabelledNoteKey {
    /** Stands for the category of undecided notes; no category id can hold a tilde. */
    public static final String UNDECIDED = "~undecided";

    private static final char PART = '\0';
    private static final int SCALE = 1_000_000;

    private LabelledNoteKey() {}

    /** The key of one note under one version. */
    static String of(Label label, String noteId) {
        int falling = SCALE - (int) Math.round(Math.clamp(label.standing(), 0.0, 1.0) * SCALE);
        String rank = String.format(Locale.ROOT, "%07d%d", falling, doubt(label.confidence()));
        return prefix(label.taxonomy(), label.category()) + rank + PART + noteId;
    }

    /** Said to be sure comes before said nothing, and that before said to be unsure. */
    private static int doubt(Verdict.Confidence confidence) {
        return switch (confidence) {
            case HIGH -> 0;
            case MEDIUM -> 1;
            case UNSTATED -> 2;
            case LOW -> 3;
        };
    }

    /** Before all keys of a version. */
    public static String prefix(TaxonomyRef taxonomy) {
        return part(taxonomy.toString());
    }

    /** Before all keys of a label; null means undecided. */
    public static String prefix(TaxonomyRef taxonomy, String category) {
        return prefix(taxonomy) + part(category == null ? UNDECIDED : category);
    }

    /** After all keys with that prefix. */
    public static String end(String prefix) {
        return prefix.substring(0, prefix.length() - 1) + (char) (PART + 1);
    }

    /** The first key after that one. */
    public static String after(String key) {
        return key + PART;
    }

    private static String part(String value) {
        return value.replace(PART, '\uFFFD') + PART;
    }
}
