package io.rationale.console.search;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.util.BytesRef;

/**
 * Where a page ended: the sort values of its last note. What comes into the list before that place later is not seen,
 * what was there is seen once, unless its own sort value changes meanwhile.
 *
 * @param list  the {@link NoteQuery#fingerprint} of the list
 * @param value the note's first sort value
 * @param id    its id
 */
record Cursor(String list, long value, String id) {
    private static final Pattern FORM = Pattern.compile("([0-9a-f]{16}) (-?\\d{1,19}) (.+)", Pattern.DOTALL);
    private static final int LONGEST = 16_384;

    /** The text given to people. */
    String text() {
        byte[] bytes = (list + ' ' + value + ' ' + id).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** @throws IllegalArgumentException unless that list gave it */
    static Cursor of(String text, String list) {
        return read(text)
                .filter(cursor -> cursor.list.equals(list))
                .orElseThrow(() -> new IllegalArgumentException("The cursor is not one that this list gave."));
    }

    private static Optional<Cursor> read(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            String plain = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Base64.getUrlDecoder().decode(text)))
                    .toString();
            Matcher parts = FORM.matcher(plain);
            return parts.matches()
                    ? Optional.of(new Cursor(parts.group(1), Long.parseLong(parts.group(2)), parts.group(3)))
                    : Optional.empty();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Optional.empty();
        }
    }

    static Cursor after(FieldDoc last, String list) {
        return new Cursor(list, (Long) last.fields[0], ((BytesRef) last.fields[1]).utf8ToString());
    }

    /** Behind every document of the same values. */
    FieldDoc place() {
        return new FieldDoc(Integer.MAX_VALUE, Float.NaN, new Object[] {value, new BytesRef(id)});
    }
}
