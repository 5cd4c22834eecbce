package io.rationale.console.export;

import io.rationale.core.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A JSON object a line, every field in each. */
final class NdjsonRows implements Rows {
    private final OutputStream out;

    NdjsonRows(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(VerdictRow row) throws IOException {
        out.write(Json.line(row).getBytes(StandardCharsets.UTF_8));
        out.write('\n');
    }

    @Override
    public void close() throws IOException {
        out.flush();
    }
}
