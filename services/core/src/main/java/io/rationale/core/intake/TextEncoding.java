package io.rationale.core.intake;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The encodings that are read. Inside this package everything is in "UTF-8 form": UTF-8 files are taken as they are,
 * UTF-16 is transcoded so that nothing is lost: a lone surrogate becomes its three bytes and a dangling last byte
 * {@code FF 8x 8x}, both of which are no UTF-8, so that they are found as faults and can be written back.
 */
enum TextEncoding {
    UTF_8("UTF-8", 3),
    UTF_16LE("UTF-16", 2),
    UTF_16BE("UTF-16", 2);

    /** Begins the UTF-8 form of a dangling byte. */
    static final int DANGLING = 0xFF;

    private final String label;
    private final int bomLength;

    TextEncoding(String label, int bomLength) {
        this.label = label;
        this.bomLength = bomLength;
    }

    /** The name that people know. */
    String label() {
        return label;
    }

    int bomLength() {
        return bomLength;
    }

    /** The file's bytes, after the byte order mark, in UTF-8 form. */
    InputStream toUtf8Form(InputStream in) {
        return this == UTF_8 ? in : new Utf16Transcoder(in, this == UTF_16BE);
    }

    /** How many bytes of the file this byte of the UTF-8 form stands for; sums over a whole character. */
    int width(int utf8) {
        int value = utf8 & 0xFF;
        if (this == UTF_8) {
            return 1;
        }
        if (value == DANGLING) {
            return 1;
        }
        return value >= 0xF0 ? 4 : value >= 0x80 && value < 0xC0 ? 0 : 2;
    }

    /** The file's bytes again; an incomplete last character is dropped. */
    byte[] restore(byte[] utf8Form) {
        if (this == UTF_8) {
            return utf8Form;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(2 * utf8Form.length);
        int at = 0;
        while (at < utf8Form.length) {
            int length = lengthOf(utf8Form[at] & 0xFF);
            if (at + length > utf8Form.length) {
                break;
            }
            restoreOne(utf8Form, at, length, out);
            at += length;
        }
        return out.toByteArray();
    }

    private static int lengthOf(int lead) {
        if (lead == DANGLING) {
            return 3;
        }
        return lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    }

    private void restoreOne(byte[] bytes, int at, int length, ByteArrayOutputStream out) {
        int lead = bytes[at] & 0xFF;
        if (lead == DANGLING) {
            out.write((bytes[at + 1] & 0x0F) << 4 | bytes[at + 2] & 0x0F);
            return;
        }
        int point = length == 1 ? lead : lead & 0x7F >> length;
        for (int i = 1; i < length; i++) {
            point = point << 6 | bytes[at + i] & 0x3F;
        }
        for (char unit : Character.toChars(point)) {
            out.write(this == UTF_16BE ? unit >> 8 : unit & 0xFF);
            out.write(this == UTF_16BE ? unit & 0xFF : unit >> 8);
        }
    }

    /**
     * Where these bytes stop being text: the first that is not valid UTF-8, or a NUL, which no text holds.
     *
     * @return its index, or -1 when all is text
     */
    static int faultIn(byte[] utf8Form) {
        ByteBuffer in = ByteBuffer.wrap(utf8Form);
        CharBuffer out = CharBuffer.allocate(utf8Form.length);
        boolean malformed =
                StandardCharsets.UTF_8.newDecoder().decode(in, out, true).isError();
        int end = malformed ? in.position() : utf8Form.length;
        for (int i = 0; i < end; i++) {
            if (utf8Form[i] == 0) {
                return i;
            }
        }
        return malformed ? end : -1;
    }
}
