package io.rationale.benchmark.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpProxyTest {
    private static final int PATIENCE_MILLIS = 5_000;
    private static final int SILENCE_MILLIS = 200;

    private ServerSocket server;
    private TcpProxy proxy;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        server.setSoTimeout(PATIENCE_MILLIS);
        proxy = TcpProxy.start(server.getLocalPort());
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        server.close();
    }

    @Test
    void shouldPassBytesBothWays() throws IOException {
        try (Socket client = connect();
                Socket accepted = server.accept()) {
            // when
            client.getOutputStream().write('a');
            accepted.getOutputStream().write('b');

            // then
            assertThat(read(accepted)).isEqualTo('a');
            assertThat(read(client)).isEqualTo('b');
        }
    }

    @Test
    void shouldPassNothingWhileItIsCutAndAllOnceItIsHealed() throws IOException {
        try (Socket client = connect();
                Socket accepted = server.accept()) {
            // given
            proxy.cut();
            client.getOutputStream().write('a');
            accepted.setSoTimeout(SILENCE_MILLIS);
            assertThatThrownBy(() -> accepted.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);

            // when
            proxy.heal();

            // then
            assertThat(read(accepted)).isEqualTo('a');
        }
    }

    @Test
    void shouldKeepNewConnectionsWaitingWhileItIsCut() throws IOException {
        // given
        proxy.cut();
        server.setSoTimeout(SILENCE_MILLIS);
        try (Socket client = connect()) {
            assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
            server.setSoTimeout(PATIENCE_MILLIS);

            // when
            proxy.heal();

            // then
            try (Socket accepted = server.accept()) {
                client.getOutputStream().write('a');
                assertThat(read(accepted)).isEqualTo('a');
            }
        }
    }

    @Test
    void shouldBreakConnectionsAndTakeNewOnesWhenItIsReset() throws IOException {
        try (Socket client = connect();
                Socket accepted = server.accept()) {
            client.getOutputStream().write('a');
            assertThat(read(accepted)).isEqualTo('a');

            // when
            proxy.reset();

            // then
            assertThat(read(client)).isEqualTo(-1);
            assertThat(read(accepted)).isEqualTo(-1);
        }
        try (Socket client = connect();
                Socket accepted = server.accept()) {
            client.getOutputStream().write('b');
            assertThat(read(accepted)).isEqualTo('b');
        }
    }

    @Test
    void shouldTellTheClientWhenNobodyListens() throws IOException {
        // given
        server.close();

        // when
        try (Socket client = connect()) {
            // then
            assertThat(read(client)).isEqualTo(-1);
        }
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    }

    /** A byte, or -1 at the end, however the connection ended. */
    private static int read(Socket socket) throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        try {
            return socket.getInputStream().read();
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            return -1;
        }
    }
}
