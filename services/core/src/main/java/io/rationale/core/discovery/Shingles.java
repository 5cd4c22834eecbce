package io.rationale.core.discovery;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.minhash.MinHashFilter;
import org.apache.lucene.analysis.ngram.NGramTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * MinHash signatures of texts over their runs of five characters, which works in languages without spaces, too. By
 * Lucene's {@link MinHashFilter}: one hash function with as many buckets as the signature is long, of which empty ones
 * take the next one's value. Not thread safe.
 */
final class Shingles {
    static final int LENGTH = 128;

    private static final int CHARACTERS = 5;

    private final NGramTokenizer shingles = new NGramTokenizer(CHARACTERS, CHARACTERS);
    private final TokenStream minima = new MinHashFilter(shingles, 1, LENGTH, 1, true);
    private final CharTermAttribute term = minima.addAttribute(CharTermAttribute.class);

    /** The text's signature; empty where it is shorter than a shingle. */
    long[] signature(String text) {
        shingles.setReader(new StringReader(text));
        try (minima) {
            minima.reset();
            long[] signature = new long[LENGTH];
            int length = 0;
            while (minima.incrementToken() && length < LENGTH) {
                signature[length++] = number(term);
            }
            minima.end();
            return Arrays.copyOf(signature, length == LENGTH ? LENGTH : 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The filter writes 128 bits as eight characters. */
    private static long number(CharTermAttribute term) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * Character.BYTES * 4);
        for (int i = 0; i < Math.min(8, term.length()); i++) {
            bytes.putChar(term.charAt(i));
        }
        return bytes.getLong(0) * 31 + bytes.getLong(8);
    }
}
