package io.rationale.classifier.r1.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.rationale.classifier.r1.server.ServerProfile;
import io.rationale.core.json.Bytes;
import org.junit.jupiter.api.Test;

class ServerLoadTest {
    private static final ServerProfile.LoadMetrics VLLM =
            ServerProfile.VLLM.loadMetrics().orElseThrow();

    @Test
    void shouldSumOverTheEnginesOfAServer() {
        // given
        Bytes metrics = Bytes.utf8("""
                # HELP vllm:num_requests_running Number of requests in model execution batches.
                # TYPE vllm:num_requests_running gauge
                vllm:num_requests_running{engine="0",model_name="deepseek-r1"} 12.0
                vllm:num_requests_running{engine="1",model_name="a } in a name"} 3.0
                vllm:num_requests_running_total 99
                vllm:num_requests_waiting{engine="0",model_name="deepseek-r1"} 4.0 1700000000000
                """);

        // then
        assertThat(ServerLoad.read(metrics, VLLM)).contains(new ServerLoad(15, 4));
    }

    @Test
    void shouldReadGaugesWithoutLabels() {
        assertThat(ServerLoad.read(
                        Bytes.utf8("llamacpp:requests_processing 2\nllamacpp:requests_deferred 38\n"),
                        ServerProfile.LLAMA_SERVER.loadMetrics().orElseThrow()))
                .contains(new ServerLoad(2, 38));
    }

    @Test
    void shouldSayNothingWhereAGaugeIsMissingOrThereIsNoText() {
        assertThat(ServerLoad.read(Bytes.utf8("vllm:num_requests_running 2\n"), VLLM))
                .isEmpty();
        assertThat(ServerLoad.read(Bytes.utf8("<html>not found</html>"), VLLM)).isEmpty();
        assertThat(ServerLoad.read(Bytes.empty(), VLLM)).isEmpty();
    }
}
