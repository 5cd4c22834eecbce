package io.rationale.core.discovery;

import io.rationale.core.taxonomy.Category;
import io.rationale.core.taxonomy.Taxonomy;
import java.util.List;

/** The two categories that every taxonomy has. */
final class FixedCategories {
    static final List<Category> ALL = List.of(
            new Category(
                    Taxonomy.NO_ERROR,
                    null,
                    "No error",
                    "The note reports no problem: praise, confirmation, a test that passed, or a complaint that turned out"
                            + " to be unfounded.",
                    null,
                    List.of(),
                    null,
                    null),
            new Category(
                    Taxonomy.OTHER,
                    null,
                    "Other",
                    "The note reports a problem that no other category names, or says too little to tell which.",
                    null,
                    List.of(),
                    null,
                    null));

    private FixedCategories() {}
}
