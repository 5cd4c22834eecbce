package io.rationale.console.search;

import java.util.Map;
import org.apache.lucene.queryparser.simple.SimpleQueryParser;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.Query;

/**
 * Reads what people type: words, of which all must occur, {@code "phrases"}, {@code prefix*}, {@code -not}. Every text
 * is a query; signs that mean nothing are passed over. Used by many threads.
 */
final class FullText {
    /** Of a query; far below what a query may have in clauses. */
    static final int MOST_CHARACTERS = 1_000;

    private static final int SYNTAX = SimpleQueryParser.AND_OPERATOR
            | SimpleQueryParser.NOT_OPERATOR
            | SimpleQueryParser.PHRASE_OPERATOR
            | SimpleQueryParser.PREFIX_OPERATOR
            | SimpleQueryParser.ESCAPE_OPERATOR
            | SimpleQueryParser.WHITESPACE_OPERATOR;

    private final SearchAnalyzer analyzer = new SearchAnalyzer(false);

    /** @throws IllegalArgumentException when the text is too long */
    Query query(String words) {
        if (words.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException("The text looked for has more than " + MOST_CHARACTERS + " characters.");
        }
        SimpleQueryParser parser = new SimpleQueryParser(analyzer, Map.of(Fields.TEXT, 1.0f), SYNTAX);
        parser.setDefaultOperator(BooleanClause.Occur.MUST);
        return parser.parse(words);
    }
}
