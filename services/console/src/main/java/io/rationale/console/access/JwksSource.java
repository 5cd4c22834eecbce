package io.rationale.console.access;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/** Where the issuer's keys are read. */
interface JwksSource extends AutoCloseable {
    /** The most that a document may have. */
    int MOST_BYTES = 1024 * 1024;

    /** Reads the document; takes its time. @throws IOException with a reason that holds no secret */
    String read() throws IOException, InterruptedException;

    /** The place, for people. */
    String place();

    @Override
    default void close() {}

    /**
     * A source.
     *
     * @param where an address or a file
     * @param tls   for https; null for the machine's own trust
     * @throws IllegalArgumentException when it is neither
     */
    static JwksSource of(String where, SSLContext tls) {
        if (!where.contains("://")) {
            return file(where);
        }
        URI uri = address(where);
        if (uri.getScheme().equalsIgnoreCase("file")) {
            return file(uri.getPath());
        }
        return new Address(uri, tls);
    }

    private static URI address(String where) {
        try {
            URI uri = URI.create(where);
            boolean isSafe = "https".equalsIgnoreCase(uri.getScheme())
                    || "file".equalsIgnoreCase(uri.getScheme())
                    || "http".equalsIgnoreCase(uri.getScheme()) && isLoopback(uri.getHost());
            if (isSafe && (uri.getHost() != null || "file".equalsIgnoreCase(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw new IllegalArgumentException("rationale.auth.jwt.jwks is a file, an https address, or an http address on"
                + " this machine's loopback: over http anybody between could hand out keys of their own.");
    }

    private static boolean isLoopback(String host) {
        try {
            return host != null && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static JwksSource file(String name) {
        try {
            Path path = Path.of(name);
            if (!Files.isReadable(path)) {
                throw new IllegalArgumentException(
                        "The file " + name + " that rationale.auth.jwt.jwks names cannot be read.");
            }
            return new KeyFile(path);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("rationale.auth.jwt.jwks is no name of a file: " + name + ".");
        }
    }

    /** A file. */
    record KeyFile(Path path) implements JwksSource {
        @Override
        public String read() throws IOException {
            try {
                if (Files.size(path) > MOST_BYTES) {
                    throw new IOException("it has more than " + MOST_BYTES + " bytes");
                }
                return Files.readString(path);
            } catch (FileSystemException | CharacterCodingException e) {
                throw new IOException(e.getClass().getSimpleName(), e);
            }
        }

        @Override
        public String place() {
            return path.toString();
        }
    }

    /** An address, which is asked without credentials and followed nowhere else. */
    final class Address implements JwksSource {
        private static final Duration PATIENCE = Duration.ofSeconds(5);

        private final URI uri;
        private final HttpClient http;

        Address(URI uri, SSLContext tls) {
            this.uri = uri;
            HttpClient.Builder builder = HttpClient.newBuilder()
                    .connectTimeout(PATIENCE)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .version(HttpClient.Version.HTTP_1_1);
            this.http = (tls == null ? builder : builder.sslContext(tls)).build();
        }

        @Override
        public String read() throws IOException, InterruptedException {
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .timeout(PATIENCE)
                    .header("Accept", "application/json, application/jwk-set+json")
                    .build();
            CompletableFuture<HttpResponse<byte[]>> asked =
                    http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
            try {
                HttpResponse<byte[]> answer = asked.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
                if (answer.statusCode() != 200) {
                    throw new IOException("it answers HTTP " + answer.statusCode());
                }
                if (answer.body().length > MOST_BYTES) {
                    throw new IOException("it answers more than " + MOST_BYTES + " bytes");
                }
                return new String(answer.body(), StandardCharsets.UTF_8);
            } catch (ExecutionException e) {
                throw new IOException(reason(e.getCause()), e.getCause());
            } catch (TimeoutException e) {
                throw new IOException("it does not answer within " + PATIENCE.toSeconds() + " s", e);
            } finally {
                asked.cancel(true);
            }
        }

        private static String reason(Throwable cause) {
            return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        }

        @Override
        public String place() {
            return uri.getScheme() + "://" + uri.getAuthority().replaceFirst(".*@", "") + uri.getPath();
        }

        @Override
        public void close() {
            http.shutdownNow();
        }
    }
}
