package io.rationale.console.statistics;

import io.rationale.core.statistics.CategoryTable.Example;
import io.rationale.core.taxonomy.TaxonomyRef;
import java.util.List;

/** Chooses the quotes that show what a category is about. Thread safe. */
@FunctionalInterface
public interface ExampleSource {
    /** Examples of one category, among the notes that the query counts. The same notes give the same examples. */
    List<Example> of(TaxonomyRef taxonomy, String category, TableQuery query);
}
