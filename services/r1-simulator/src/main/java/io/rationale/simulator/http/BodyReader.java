package io.rationale.simulator.http;

import io.rationale.simulator.chat.Refusal;
import io.rationale.simulator.chat.RefusedException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** Reads a request's body up to a limit, announced or not. */
final class BodyReader {
    private final int limit;
    private final Buffer body = Buffer.buffer();
    private final Promise<Buffer> result = Promise.promise();

    private BodyReader(int limit) {
        this.limit = limit;
    }

    static Future<Buffer> read(HttpServerRequest request, int limit) {
        BodyReader reader = new BodyReader(limit);
        request.exceptionHandler(reader.result::tryFail);
        if (announced(request) > limit) {
            reader.refuse();
        } else {
            request.handler(reader::add);
            request.endHandler(end -> reader.result.tryComplete(reader.body));
        }
        return reader.result.future();
    }

    private void add(Buffer chunk) {
        if (body.length() + chunk.length() > limit) {
            refuse();
        } else {
            body.appendBuffer(chunk);
        }
    }

    private void refuse() {
        result.tryFail(new RefusedException(new Refusal.BodyTooLarge(limit)));
    }

    private static long announced(HttpServerRequest request) {
        String length = request.getHeader("content-length");
        return length == null ? 0 : Long.parseLong(length);
    }
}
