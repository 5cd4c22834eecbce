package io.rationale.core.intake;

import io.rationale.core.json.Bytes;

/**
 * A record as it was read, before anything is made of it.
 *
 * @param bytes  its bytes in the UTF-8 form of {@link TextEncoding}, without the last line end
 * @param line   the line where it begins, from 1
 * @param offset where it begins in the file, in the file's own bytes, from 0
 */
record RawRecord(Bytes bytes, long line, long offset) {}
