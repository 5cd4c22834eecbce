package io.rationale.simulator;

import static io.rationale.simulator.TestClient.chat;
import static io.rationale.simulator.TestClient.events;
import static io.rationale.simulator.TestClient.stream;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One slot at normal speed: a lengthy answer holds it for minutes, so whoever comes next only gets it if it is freed. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class SlotsTest {
    private final R1Simulator simulator = R1Simulator.start(SimulatorOptions.DEFAULT.withSlots(1));
    private final TestClient client = new TestClient(simulator);

    @AfterEach
    void stop() {
        simulator.close();
        client.close();
    }

    @Test
    void shouldQueueForTheSlotAndFreeItWhenAStreamingClientGoes() throws Exception {
        // given
        InputStream running = streamed(chat(Prompts.lengthy()).toString());
        readFirstEvent(running);
        HttpResponse<InputStream> queued =
                client.send(stream(chat("hi").put("max_tokens", 1)).toString(), BodyHandlers.ofInputStream());
        SimulatorStats whileQueued = simulator.stats();

        // when
        running.close();

        // then
        assertThat(whileQueued.busy()).isEqualTo(1);
        assertThat(whileQueued.waiting()).isEqualTo(1);
        assertThat(events(new BufferedReader(new InputStreamReader(queued.body(), StandardCharsets.UTF_8)).lines()))
                .last()
                .isEqualTo("[DONE]");
    }

    @Test
    void shouldFreeTheSlotWhenAWaitingClientGoes() throws Exception {
        // given
        Socket running = postRaw(chat(Prompts.lengthy()).toString());
        TestClient.await(() -> simulator.stats().busy() > 0);

        // when
        running.close();

        // then
        JsonNode next = client.json(chat("hi").put("max_tokens", 1));
        assertThat(next.at("/choices/0/finish_reason").textValue()).isEqualTo("length");
        assertThat(simulator.stats().requests()).isEqualTo(2);
    }

    private InputStream streamed(String body) throws Exception {
        return client.send(body.replaceFirst("\\{", "{\"stream\":true,"), BodyHandlers.ofInputStream())
                .body();
    }

    private static void readFirstEvent(InputStream stream) throws Exception {
        assertThat(stream.read()).isEqualTo('d');
    }

    private Socket postRaw(String body) throws Exception {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head =
                "POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\ncontent-length: " + bytes.length + "\r\n\r\n";
        Socket socket = new Socket("127.0.0.1", simulator.port());
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(bytes);
        return socket;
    }
}
