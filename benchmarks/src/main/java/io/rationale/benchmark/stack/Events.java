package io.rationale.benchmark.stack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Server-sent events as they come, each with the time of its coming. */
public final class Events implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final Stream<String> lines;
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private volatile String lastId = "";

    /**
     * An event.
     *
     * @param name  of its kind
     * @param data  as it came
     * @param nanos when it came, by {@link System#nanoTime()}
     */
    public record Event(String name, String data, long nanos) {}

    private Events(URI uri, String lastId) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Accept", "text/event-stream");
        if (!lastId.isEmpty()) {
            request.header("Last-Event-ID", lastId);
        }
        lines = http.send(request.build(), BodyHandlers.ofLines()).body();
    }

    /** Listens from now on. */
    public static Events listen(URI uri) {
        return listen(uri, "");
    }

    /** Listens to what came after the event of that id. */
    public static Events listen(URI uri, String lastId) {
        try {
            Events events = new Events(uri, lastId);
            Thread.ofVirtual().name("events").start(events::read);
            return events;
        } catch (IOException e) {
            throw new IllegalStateException("Nobody sends events at " + uri, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What came so far. */
    public List<Event> sofar() {
        return List.copyOf(events);
    }

    /** The id to go on after, empty before any; as browsers keep it. */
    public String lastId() {
        return lastId;
    }

    /** What an event, or a comment, has said before its empty line; what is cut off before that never was. */
    private void read() {
        Map<String, String> fields = new HashMap<>();
        try {
            lines.forEach(line -> {
                if (line.isEmpty()) {
                    take(fields);
                    fields.clear();
                } else {
                    int colon = line.indexOf(':');
                    fields.put(
                            line.substring(0, colon), line.substring(colon + 1).strip());
                }
            });
        } catch (RuntimeException e) {
            // Closed, or the other side is gone.
            return;
        }
    }

    private void take(Map<String, String> fields) {
        if (fields.containsKey("data")) {
            events.add(new Event(fields.getOrDefault("event", ""), fields.get("data"), System.nanoTime()));
        }
        lastId = fields.getOrDefault("id", lastId);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
