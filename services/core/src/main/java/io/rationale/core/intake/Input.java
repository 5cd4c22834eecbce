package io.rationale.core.intake;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * An opened file: its encoding is known and it is plausible text.
 *
 * @param utf8Form everything after the byte order mark, in UTF-8 form
 * @param offset   where that begins in the file
 * @param head     the beginning of it, decoded leniently
 * @param encoding how the file is encoded
 */
record Input(InputStream utf8Form, long offset, String head, TextEncoding encoding) {
    private static final int HEAD_BYTES = 8192;

    /** @throws UnreadableInputException when the file is empty or its first bytes show that it is no text */
    static Input open(InputStream in, String fileName) throws IOException, UnreadableInputException {
        byte[] head = in.readNBytes(HEAD_BYTES);
        if (head.length == 0) {
            throw new UnreadableInputException(fileName + " is empty.");
        }
        refuseKnownBinary(head, fileName);
        TextEncoding encoding = encodingOf(head);
        int bom = encoding == TextEncoding.UTF_8 && !startsWith(head, 0xEF, 0xBB, 0xBF) ? 0 : encoding.bomLength();
        byte[] body = Arrays.copyOfRange(head, bom, head.length);
        byte[] headForm = encoding.toUtf8Form(new ByteArrayInputStream(body)).readAllBytes();
        refuseNul(headForm, fileName, encoding);
        InputStream whole = new SequenceInputStream(new ByteArrayInputStream(body), in);
        return new Input(encoding.toUtf8Form(whole), bom, new String(headForm, StandardCharsets.UTF_8), encoding);
    }

    private static TextEncoding encodingOf(byte[] head) {
        if (startsWith(head, 0xFF, 0xFE)) {
            return TextEncoding.UTF_16LE;
        }
        return startsWith(head, 0xFE, 0xFF) ? TextEncoding.UTF_16BE : TextEncoding.UTF_8;
    }

    private static void refuseKnownBinary(byte[] head, String fileName) throws UnreadableInputException {
        if (startsWith(head, 'P', 'K', 3, 4)) {
            throw new UnreadableInputException(
                    fileName + " is a ZIP file or an Excel workbook, not text: save it as 'CSV UTF-8' and give that.");
        }
        if (startsWith(head, 0x1F, 0x8B)) {
            throw new UnreadableInputException(
                    fileName + " is compressed: decompress it first, for example by gunzip.");
        }
    }

    /** Two bytes a character without a byte order mark look like text with NULs in it. */
    private static void refuseNul(byte[] head, String fileName, TextEncoding encoding) throws UnreadableInputException {
        for (int i = 0; i < head.length; i++) {
            if (head[i] == 0) {
                String guess = encoding == TextEncoding.UTF_8 ? "UTF-16 without a byte order mark" : "UTF-32";
                throw new UnreadableInputException(
                        fileName + " holds NUL bytes: it is no text, or " + guess + ". Save it as UTF-8.");
            }
        }
    }

    private static boolean startsWith(byte[] head, int... values) {
        if (head.length < values.length) {
            return false;
        }
        for (int i = 0; i < values.length; i++) {
            if ((head[i] & 0xFF) != values[i]) {
                return false;
            }
        }
        return true;
    }
}
