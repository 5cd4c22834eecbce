package io.rationale.console.export;

import java.io.Closeable;
import java.io.IOException;

/** A file in the making. */
interface Rows extends Closeable {
    void write(VerdictRow row) throws IOException;
}
