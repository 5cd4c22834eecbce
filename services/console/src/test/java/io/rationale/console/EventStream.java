package io.rationale.console;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Iterator;
import java.util.stream.Stream;

/** Reads server-sent events, as a browser does. */
public final class EventStream implements AutoCloseable {
    private final Stream<String> lines;
    private final Iterator<String> next;

    private EventStream(Stream<String> lines) {
        this.lines = lines;
        this.next = lines.iterator();
    }

    public static EventStream open(HttpClient http, URI uri) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Accept", "text/event-stream")
                .build();
        return new EventStream(
                http.send(request, HttpResponse.BodyHandlers.ofLines()).body());
    }

    /** Waits for the next event of that name and gives its data. */
    public String next(String name) {
        while (!next.next().equals("event:" + name)) {
            // other lines
        }
        return next.next();
    }

    @Override
    public void close() {
        lines.close();
    }
}
