package io.rationale.console.search;

import io.rationale.core.taxonomy.TaxonomyRef;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.lucene.document.IntPoint;
import org.apache.lucene.document.LongField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.SortedNumericSelector;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/** Says in Lucene's terms what a {@link NoteQuery} asks for. Thread safe. */
final class LuceneQueries {
    private final FullText fullText = new FullText();

    /** @throws IllegalArgumentException when the text looked for is too long */
    Query of(NoteQuery asked) {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        all.add(new TermQuery(new Term(Fields.VERSION, asked.taxonomy().toString())), Occur.FILTER);
        if (asked.text() != null && !asked.text().isBlank()) {
            all.add(fullText.query(asked.text()), Occur.FILTER);
        }
        anyOf(all, Fields.category(asked.taxonomy()), asked.categories());
        anyOf(all, Fields.secondary(asked.taxonomy()), asked.secondary());
        anyOf(all, Fields.SOURCE, asked.sources());
        asked.dimensions().forEach(dimension -> anyOf(all, Fields.DIMENSION, Set.of(dimension)));
        anyOf(
                all,
                Fields.flag(asked.taxonomy()),
                asked.failed().stream().map(Check::code).collect(Collectors.toSet()));
        addPeriod(all, asked.period());
        addAgreement(all, asked);
        addFlag(all, asked, Fields.REVIEWED, asked.reviewed());
        addFlag(all, asked, Fields.DRAWN, asked.drawn());
        return all.build();
    }

    /**
     * Notes that have a label under any of these versions.
     *
     * @param sources  the sources meant; empty for all
     * @param excluded sources that are not meant
     */
    static Query decidedUnder(
            Collection<TaxonomyRef> versions, Set<String> sources, Set<String> excluded, NoteQuery.Period period) {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        anyOf(all, Fields.VERSION, versions.stream().map(TaxonomyRef::toString).collect(Collectors.toSet()));
        anyOf(all, Fields.SOURCE, sources);
        excluded.forEach(source -> all.add(new TermQuery(new Term(Fields.SOURCE, Texts.term(source))), Occur.MUST_NOT));
        addPeriod(all, period);
        return all.build();
    }

    /** Every note of these sources and that time, judged under the version or not. */
    Query seen(NoteQuery asked) {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        all.add(new FieldExistsQuery(Fields.OBSERVED), Occur.FILTER);
        anyOf(all, Fields.SOURCE, asked.sources());
        addPeriod(all, asked.period());
        return all.build();
    }

    Query of(NoteSelection asked) {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        all.add(new FieldExistsQuery(Fields.OBSERVED), Occur.FILTER);
        anyOf(all, Fields.category(asked.from()), asked.labels());
        anyOf(all, Fields.SOURCE, asked.sources());
        addPeriod(all, asked.period());
        if (!asked.undecided()) {
            all.add(new TermQuery(new Term(Fields.category(asked.from()), NoteQuery.UNDECIDED)), Occur.MUST_NOT);
        }
        if (!asked.again()) {
            all.add(new FieldExistsQuery(Fields.verdict(asked.target())), Occur.MUST_NOT);
        }
        return all.build();
    }

    private static void addFlag(BooleanQuery.Builder all, NoteQuery asked, String flag, Boolean wanted) {
        if (wanted != null) {
            Query flagged = new TermQuery(new Term(Fields.flag(asked.taxonomy()), flag));
            all.add(flagged, wanted ? Occur.FILTER : Occur.MUST_NOT);
        }
    }

    /** Those of them that have a quote to show. */
    Query quoted(NoteQuery asked) {
        return new BooleanQuery.Builder()
                .add(of(asked), Occur.FILTER)
                .add(new TermQuery(new Term(Fields.flag(asked.taxonomy()), Fields.QUOTED)), Occur.FILTER)
                .build();
    }

    private static void anyOf(BooleanQuery.Builder all, String field, Collection<String> values) {
        if (values.size() == 1) {
            String only = Texts.term(values.iterator().next());
            all.add(new TermQuery(new Term(field, only)), Occur.FILTER);
        } else if (!values.isEmpty()) {
            all.add(
                    new TermInSetQuery(
                            field,
                            values.stream()
                                    .map(value -> new BytesRef(Texts.term(value)))
                                    .toList()),
                    Occur.FILTER);
        }
    }

    private static void addPeriod(BooleanQuery.Builder all, NoteQuery.Period period) {
        if (period.from() == null && period.to() == null) {
            return;
        }
        long from = period.from() == null ? Long.MIN_VALUE : NoteDocuments.millis(period.from());
        long to = period.to() == null ? Long.MAX_VALUE : before(period.to());
        all.add(LongField.newRangeQuery(Fields.OBSERVED, from, to), Occur.FILTER);
    }

    private static long before(Instant end) {
        long millis = NoteDocuments.millis(end);
        return millis == Long.MIN_VALUE ? millis : millis - 1;
    }

    private static void addAgreement(BooleanQuery.Builder all, NoteQuery asked) {
        if (!asked.agreement().equals(NoteQuery.Range.WHOLE)) {
            int min = NoteDocuments.millionths(asked.agreement().min());
            int max = NoteDocuments.millionths(asked.agreement().max());
            all.add(IntPoint.newRangeQuery(Fields.agreement(asked.taxonomy()), min, max), Occur.FILTER);
        }
    }

    /** With the id last, so that no two notes are equal. */
    static Sort sort(NoteQuery asked, NoteOrder order) {
        SortField first =
                switch (order) {
                    case AGREEMENT -> new SortField(Fields.rank(asked.taxonomy()), SortField.Type.LONG);
                    case DOUBT -> new SortField(Fields.doubt(asked.taxonomy()), SortField.Type.LONG, true);
                    case RANDOM -> new SortField(Fields.LOT, SortField.Type.LONG);
                    case TIME -> LongField.newSortField(Fields.OBSERVED, true, SortedNumericSelector.Type.MIN);
                };
        return new Sort(first, new SortField(Fields.ID, SortField.Type.STRING));
    }
}
