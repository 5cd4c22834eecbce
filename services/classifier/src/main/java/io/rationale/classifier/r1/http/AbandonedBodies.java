package io.rationale.classifier.r1.http;

import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import jakarta.ws.rs.client.ClientResponseContext;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jboss.resteasy.reactive.client.impl.RestClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientResponseFilter;

/**
 * Closes the connection of a response that is closed before its end: the client by itself would read the rest, and the
 * server would go on thinking. And keeps what came before a connection broke, which the client would throw away.
 */
public final class AbandonedBodies implements ResteasyReactiveClientResponseFilter {
    @Override
    public void filter(ResteasyReactiveClientRequestContext request, ClientResponseContext response) {
        InputStream body = response.getEntityStream();
        if (body == null) {
            return;
        }
        RestClientRequestContext context = request.unwrap(RestClientRequestContext.class);
        HttpClientResponse http = context.getVertxClientResponse();
        // A body of known length says itself whether it is whole.
        InputStream kept = http.getHeader(HttpHeaders.CONTENT_LENGTH) == null ? ChunkedBody.takeOver(http, body) : body;
        response.setEntityStream(new ClosingBody(kept, context.getHttpClientRequest()));
    }

    private static final class ClosingBody extends FilterInputStream {
        private final HttpClientRequest connection;
        private volatile boolean ended;

        ClosingBody(InputStream in, HttpClientRequest connection) {
            super(in);
            this.connection = connection;
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            ended |= read < 0;
            return read;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            ended |= read < 0;
            return read;
        }

        /** From any thread: a read that waits for more fails. */
        @Override
        public void close() throws IOException {
            if (ended) {
                super.close();
            } else {
                connection.reset();
            }
        }
    }
}
