package io.rationale.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulateIT {
    private static final Pattern URL = Pattern.compile("R1 simulator: (http://127\\.0\\.0\\.1:(\\d+)/v1)");

    @TempDir
    Path folder;

    @Test
    void shouldServeUntilStopped() throws IOException, InterruptedException {
        try (RationaleProcess simulator =
                        RationaleProcess.start(folder, "simulate-r1", "--port", "0", "--model", "stand-in");
                HttpClient client = HttpClient.newHttpClient()) {
            // given
            await().atMost(Duration.ofSeconds(60)).until(() -> simulator.out().contains("Ctrl-C"));
            Matcher said = URL.matcher(simulator.out());
            assertThat(said.find()).isTrue();

            // when, then
            HttpRequest models = HttpRequest.newBuilder(URI.create(said.group(1) + "/models"))
                    .build();
            assertThat(client.send(models, BodyHandlers.ofString()).body()).contains("\"stand-in\"");
            RationaleProcess.Result second = RationaleProcess.run(folder, "simulate-r1", "--port", said.group(2));
            assertThat(second.exitsWith(2).err())
                    .startsWith("rationale: The port " + said.group(2))
                    .contains("--port");

            // when
            simulator.interrupt();

            // then
            simulator.await().exitsWith(130);
        }
    }
}
