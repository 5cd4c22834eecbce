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

    /**
     * An event, or a comment.
     *
     * @param name    of the event, empty for none
     * @param id      empty for none
     * @param data    lines of data together
     * @param comment lines of comments together
     */
    public record Event(String name, String id, String data, String comment) {}

    private EventStream(Stream<String> lines) {
        this.lines = lines;
        this.next = lines.iterator();
    }

    /** @param headers names and values in turn */
    public static EventStream open(HttpClient http, URI uri, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Accept", "text/event-stream");
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        HttpResponse<Stream<String>> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofLines());
        if (answer.statusCode() != 200) {
            throw new IOException("status " + answer.statusCode());
        }
        return new EventStream(answer.body());
    }

    /** Waits for the next event of that name and gives its data. */
    public String next(String name) {
        return nextEvent(name).data();
    }

    /** Waits for the next event of that name. */
    public Event nextEvent(String name) {
        Event event = nextEvent();
        while (!event.name().equals(name)) {
            event = nextEvent();
        }
        return event;
    }

    /** Waits for the next event or comment. */
    public Event nextEvent() {
        StringBuilder[] fields = {
            new StringBuilder(), new StringBuilder(), new StringBuilder(), new StringBuilder(), new StringBuilder()
        };
        for (String line = next.next(); !line.isEmpty(); line = next.next()) {
            int colon = line.indexOf(':');
            int field =
                    switch (line.substring(0, colon)) {
                        case "event" -> 0;
                        case "id" -> 1;
                        case "data" -> 2;
                        case "" -> 3;
                        default -> 4;
                    };
            fields[field].append(line.substring(colon + 1).strip());
        }
        return new Event(fields[0].toString(), fields[1].toString(), fields[2].toString(), fields[3].toString());
    }

    @Override
    public void close() {
        lines.close();
    }
}
