package io.rationale.console.search;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.icu.ICUFoldingFilter;
import org.apache.lucene.analysis.icu.segmentation.DefaultICUTokenizerConfig;
import org.apache.lucene.analysis.icu.segmentation.ICUTokenizer;
import org.apache.lucene.analysis.miscellaneous.TruncateTokenFilter;

/**
 * Words of any language: split as Unicode and the dictionaries of Thai, Lao, Khmer and Burmese say, without case,
 * diacritics and forms of width. Chinese, Japanese and Korean become pairs of characters; single ones are found too.
 * No stemming: a word means itself, and a prefix is asked for by a star.
 */
final class SearchAnalyzer extends Analyzer {
    private static final int LONGEST_WORD = 255;
    private static final int ALL_SCRIPTS =
            CJKBigramFilter.HAN | CJKBigramFilter.HIRAGANA | CJKBigramFilter.KATAKANA | CJKBigramFilter.HANGUL;

    private final boolean indexing;

    /** @param indexing whether single characters come beside the pairs, so that one can be asked for alone */
    SearchAnalyzer(boolean indexing) {
        this.indexing = indexing;
    }

    @Override
    protected TokenStreamComponents createComponents(String field) {
        Tokenizer words = new ICUTokenizer(new DefaultICUTokenizerConfig(false, true));
        TokenStream folded = new ICUFoldingFilter(words);
        TokenStream pairs = new CJKBigramFilter(folded, ALL_SCRIPTS, indexing);
        return new TokenStreamComponents(words, new TruncateTokenFilter(pairs, LONGEST_WORD));
    }

    @Override
    protected TokenStream normalize(String field, TokenStream in) {
        return new TruncateTokenFilter(new ICUFoldingFilter(in), LONGEST_WORD);
    }
}
