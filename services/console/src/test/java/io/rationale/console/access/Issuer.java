package io.rationale.console.access;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An issuer of tokens beside the console, and a file of static ones. Tests read and change the files of its folder: what
 * it serves as keys is {@code jwks.json}, and what it was asked how often stands in {@code /asked}.
 */
public class Issuer implements QuarkusTestResourceLifecycleManager {
    private HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            Path folder = Files.createTempDirectory("issuer");
            TestTokens tokens = TestTokens.create(folder);
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            AtomicInteger asked = new AtomicInteger();
            server.createContext("/jwks", exchange -> {
                asked.incrementAndGet();
                answer(exchange, Files.readAllBytes(folder.resolve("jwks.json")));
            });
            server.createContext(
                    "/asked", exchange -> answer(exchange, asked.toString().getBytes(StandardCharsets.UTF_8)));
            server.start();
            String address = "http://127.0.0.1:" + server.getAddress().getPort();
            return Map.of(
                    "rationale.auth.tokens-file",
                    tokens.file().toString(),
                    "rationale.auth.jwt.issuer",
                    TestTokens.ISSUER,
                    "rationale.auth.jwt.audience",
                    TestTokens.AUDIENCE,
                    "rationale.auth.jwt.jwks",
                    address + "/jwks",
                    "test.issuer.folder",
                    folder.toString(),
                    "test.issuer.asked",
                    address + "/asked");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void answer(com.sun.net.httpserver.HttpExchange exchange, byte[] body) throws IOException {
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop(0);
        }
    }
}
