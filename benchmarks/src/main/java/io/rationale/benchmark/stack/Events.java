package io.rationale.benchmark.stack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Server-sent events as they come, each with the time of its coming. */
public final class Events implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final Stream<String> lines;
    private final List<Event> events = new CopyOnWriteArrayList<>();

    /**
     * An event.
     *
     * @param name  of its kind
     * @param data  as it came
     * @param nanos when it came, by {@link System#nanoTime()}
     */
    public record Event(String name, String data, long nanos) {}

    private Events(URI uri) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Accept", "text/event-stream")
                .build();
        lines = http.send(request, BodyHandlers.ofLines()).body();
    }

    /** Listens from now on. */
    public static Events listen(URI uri) {
        try {
            Events events = new Events(uri);
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

    private void read() {
        String[] name = {""};
        try {
            lines.forEach(line -> {
                if (line.startsWith("event:")) {
                    name[0] = line.substring(6).strip();
                } else if (line.startsWith("data:")) {
                    events.add(new Event(name[0], line.substring(5).strip(), System.nanoTime()));
                }
            });
        } catch (RuntimeException e) {
            // Closed.
            return;
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
