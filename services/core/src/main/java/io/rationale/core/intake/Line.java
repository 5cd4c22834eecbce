package io.rationale.core.intake;

import io.rationale.core.json.Bytes;

/**
 * A physical line.
 *
 * @param bytes  its content in UTF-8 form, without the line end; only the beginning when it is too long
 * @param ending the line end as it stands there; empty at the end of the file
 * @param number from 1
 * @param offset where it begins in the file, from 0
 * @param length its content's length in the file's bytes
 * @param cut    whether it was too long to be kept
 */
record Line(Bytes bytes, String ending, long number, long offset, long length, boolean cut) {
    /** Nothing but white space and control characters. */
    boolean isBlank() {
        return !cut && bytes.lenientUtf8().isBlank();
    }

    RawRecord raw() {
        return new RawRecord(bytes, number, offset);
    }
}
