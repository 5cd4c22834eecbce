package io.rationale.classifier.r1.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server that sends bytes exactly as a test says. */
@Timeout(30)
class WireTest {
    private static final byte[] REQUEST = "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    private final ServerSocket server = listen();
    private final Connection connection = Connection.unopened();
    private ResponseHead head;
    private ResponseBody body;

    @AfterEach
    void close() throws IOException {
        connection.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000})
    void shouldReadChunksHoweverTheyAreCut(int bytesAtATime) throws Exception {
        // given
        String response =
                CHUNKED + "5\r\nHello\r\n1;extension=1\r\n,\r\n00007\r\n world!\r\n0\r\nTrailer: x\r\nOther: y\r\n\r\n";

        // when
        String read = read(response, bytesAtATime, true);

        // then
        assertThat(read).isEqualTo("Hello, world!");
        assertThat(body.leavesConnection()).isTrue();
    }

    @Test
    void shouldReadABodyOfKnownLength() throws Exception {
        // when
        String read = read("HTTP/1.1 404 Not Found\r\ncontent-length: 5\r\nServer: llama.cpp\r\n\r\nHello", 3, true);

        // then
        assertThat(read).isEqualTo("Hello");
        assertThat(head.status()).isEqualTo(404);
        assertThat(head.header("server")).isEqualTo("llama.cpp");
        assertThat(body.leavesConnection()).isTrue();
    }

    @Test
    void shouldReadABodyThatEndsWithItsConnection() throws Exception {
        // when
        String read = read("HTTP/1.0 200 OK\r\n\r\nHello", 3, false);

        // then
        assertThat(read).isEqualTo("Hello");
        assertThat(body.leavesConnection()).isFalse();
    }

    @Test
    void shouldPassOverInterimResponses() throws Exception {
        // when
        String read = read("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n", 50, true);

        // then
        assertThat(read).isEmpty();
        assertThat(head.status()).isEqualTo(204);
        assertThat(body.leavesConnection()).isTrue();
    }

    @Test
    void shouldNotKeepAConnectionThatTheServerCloses() throws Exception {
        // when
        read("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", 50, true);

        // then
        assertThat(body.leavesConnection()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SSH-2.0-OpenSSH_9\r\n",
                "HTTP/1.1 abc\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nHello",
                CHUNKED + "5\r\nHel",
                CHUNKED + "5\r\nHello",
                CHUNKED + "5\r\nHello\r\n",
                CHUNKED + "5\r\nHello!\r\n0\r\n\r\n",
                CHUNKED + "\r\n",
                CHUNKED + "ffffffff\r\n",
            })
    void shouldFailOnWhatIsNoWholeResponse(String response) {
        assertThatThrownBy(() -> read(response, 50, false)).isInstanceOf(IOException.class);
    }

    @Test
    void shouldWriteAddressesAsHostHeaders() {
        assertThat(ServerAddress.of(URI.create("http://r1/v1")).hostHeader()).isEqualTo("r1");
        assertThat(ServerAddress.of(URI.create("https://user:key@r1:443")).hostHeader())
                .isEqualTo("r1");
        assertThat(ServerAddress.of(URI.create("https://r1:8443/v1")).hostHeader())
                .isEqualTo("r1:8443");
        assertThat(ServerAddress.of(URI.create("http://[::1]:8000/v1")).hostHeader())
                .isEqualTo("[::1]:8000");
        assertThatThrownBy(() -> ServerAddress.of(URI.create("r1:8000/v1")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private String read(String response, int bytesAtATime, boolean staysOpen) throws Exception {
        Thread answering = Thread.ofVirtual().start(() -> answer(response, bytesAtATime, staysOpen));
        try {
            connection.open(
                    new ServerAddress(false, server.getInetAddress().getHostAddress(), server.getLocalPort()),
                    null,
                    Duration.ofSeconds(5));
            head = connection.exchange(REQUEST);
            body = new ResponseBody(connection, head);
            ByteArrayOutputStream read = new ByteArrayOutputStream();
            byte[] buffer = new byte[4];
            for (int count = body.read(buffer, 0, 4); count >= 0; count = body.read(buffer, 0, 4)) {
                read.write(buffer, 0, count);
            }
            return read.toString(StandardCharsets.US_ASCII);
        } finally {
            connection.close();
            answering.join();
        }
    }

    private void answer(String response, int bytesAtATime, boolean staysOpen) {
        try (Socket socket = server.accept();
                InputStream in = socket.getInputStream();
                OutputStream out = socket.getOutputStream()) {
            in.readNBytes(REQUEST.length);
            socket.setTcpNoDelay(true);
            for (int i = 0; i < response.length(); i += bytesAtATime) {
                out.write(response.substring(i, Math.min(response.length(), i + bytesAtATime))
                        .getBytes(StandardCharsets.US_ASCII));
                out.flush();
            }
            if (staysOpen) {
                in.read();
            }
        } catch (IOException e) {
            // The client had read enough.
        }
    }

    private static ServerSocket listen() {
        try {
            return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
