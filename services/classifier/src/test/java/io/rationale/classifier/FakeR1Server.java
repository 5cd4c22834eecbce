package io.rationale.classifier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.rationale.core.json.Json;
import io.rationale.core.r1.ModelOutcome;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** An HTTP server that answers as a test says and keeps what came. */
public final class FakeR1Server implements AutoCloseable {
    private static final int CHUNKED = -2;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Responder responder;
    private final List<Received> received = new ArrayList<>();

    /** A request as it came; the authorization is null where there was none. */
    public record Received(String path, String authorization, String body) {}

    /** What to answer; a null response breaks the connection off. */
    @FunctionalInterface
    public interface Responder {
        Response to(Received request) throws InterruptedException;
    }

    /** Writes a body piece by piece; an exception breaks the connection off. */
    @FunctionalInterface
    public interface Body {
        void writeTo(OutputStream out) throws IOException, InterruptedException;
    }

    public record Response(int status, Map<String, String> headers, Body body, int length) {
        public Response {
            headers = Map.copyOf(headers);
        }

        public Response(int status, Map<String, String> headers, String body) {
            this(
                    status,
                    headers,
                    out -> out.write(body.getBytes(StandardCharsets.UTF_8)),
                    body.getBytes(StandardCharsets.UTF_8).length);
        }

        public static Response of(int status, String body) {
            return new Response(status, Map.of(), body);
        }

        /** Server-sent events; each piece leaves when it is flushed. */
        public static Response stream(Body body) {
            return new Response(200, Map.of("Content-Type", "text/event-stream"), body, CHUNKED);
        }
    }

    private FakeR1Server(HttpServer server, Responder responder) {
        this.server = server;
        this.responder = responder;
    }

    public static FakeR1Server start(int port, Responder responder) {
        try {
            return start(
                    HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0), responder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Over TLS. */
    public static FakeR1Server start(SSLContext tls, Responder responder) {
        try {
            HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(tls));
            return start(server, responder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FakeR1Server start(HttpServer server, Responder responder) {
        FakeR1Server fake = new FakeR1Server(server, responder);
        server.setExecutor(fake.threads);
        server.createContext("/", fake::handle);
        server.start();
        return fake;
    }

    public String baseUrl() {
        return (server instanceof HttpsServer ? "https" : "http") + "://127.0.0.1:" + port() + "/v1";
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public List<Received> received() {
        synchronized (received) {
            return List.copyOf(received);
        }
    }

    /** The texts of all notes asked about so far. */
    public List<String> askedNotes() {
        return received().stream()
                .filter(request -> request.path().endsWith("/chat/completions"))
                .flatMap(request -> textsIn(request).stream())
                .toList();
    }

    public static List<String> textsIn(Received request) {
        return Fixtures.textsIn(
                json(request.body()).path("messages").path(0).path("content").asText());
    }

    /** A completion in vLLM's form. */
    public static Response completion(ModelOutcome outcome) {
        ObjectNode body = Json.mapper().createObjectNode().put("model", "r1");
        ObjectNode choice = body.putArray("choices").addObject().put("finish_reason", "stop");
        choice.putObject("message").put("reasoning", outcome.reasoning()).put("content", "\n\n" + outcome.content());
        body.putObject("usage").put("prompt_tokens", 100).put("completion_tokens", 50);
        return Response.of(200, Json.line(body));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        Received request = new Received(
                exchange.getRequestURI().getPath(),
                exchange.getRequestHeaders().getFirst("Authorization"),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        synchronized (received) {
            received.add(request);
        }
        try {
            Response response = responder.to(request);
            if (response != null) {
                exchange.getResponseHeaders().set("Server", "fake");
                response.headers().forEach(exchange.getResponseHeaders()::set);
                exchange.sendResponseHeaders(
                        response.status(),
                        switch (response.length()) {
                            case 0 -> -1;
                            case CHUNKED -> 0;
                            default -> response.length();
                        });
                exchange.getResponseBody().flush();
                // What this throws breaks the connection off.
                response.body().writeTo(exchange.getResponseBody());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.close();
    }

    private static JsonNode json(String body) {
        try {
            return Json.mapper().readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
