package io.rationale.console.intake;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Passes a body on up to a limit and fails beyond it. Not thread safe. */
final class LimitedBody extends FilterInputStream {
    private final long limit;
    private long left;

    LimitedBody(InputStream in, long limit) {
        super(in);
        this.limit = limit;
        this.left = limit;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        count(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        int read = super.read(buffer, from, length);
        count(Math.max(0, read));
        return read;
    }

    private void count(int bytes) throws IOException {
        left -= bytes;
        if (left < 0) {
            throw new BodyTooLargeException(limit);
        }
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
