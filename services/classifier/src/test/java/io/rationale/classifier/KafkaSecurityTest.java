package io.rationale.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rationale.classifier.intake.ClassifierLoop;
import io.rationale.core.topic.Topics;
import io.rationale.kafka.EmbeddedKafka;
import io.rationale.kafka.Ports;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kafka with TLS and passwords, by nothing but Kafka's own properties. */
@Timeout(90)
class KafkaSecurityTest {
    private static final String LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule required ";

    @TempDir
    Path directory;

    @Test
    void shouldClassifyOverTlsWithAPassword() throws Exception {
        // given
        Path keyStore = SelfSigned.keyStore(directory);
        int port = Ports.free();
        try (EmbeddedKafka broker = EmbeddedKafka.start(
                        directory.resolve("kafka"),
                        0,
                        List.of(new EmbeddedKafka.Detour(port, port, "SASL_SSL")),
                        Map.of(
                                "listener.name.detour0.sasl.enabled.mechanisms",
                                "PLAIN",
                                "listener.name.detour0.plain.sasl.jaas.config",
                                LOGIN + "user_classifier=\"s3cret\";",
                                "listener.name.detour0.ssl.keystore.location",
                                keyStore.toString(),
                                "listener.name.detour0.ssl.keystore.password",
                                SelfSigned.PASSWORD,
                                "listener.name.detour0.ssl.keystore.type",
                                "PKCS12"));
                KafkaFixture kafka = new KafkaFixture(broker.bootstrapServers(), Topics.DEFAULT)) {
            broker.createTopics(Topics.DEFAULT.specs(2));
            List<String> texts = KafkaFixture.texts("note ", 20);
            kafka.send(texts);

            // when
            ClassifierLoop loop = ClassifierProcess.loop(
                    secured("127.0.0.1:" + port, certificate(keyStore)),
                    TestConfig.of("rationale.", "one", Map.of()),
                    FakeModel.answeringAll());

            // then
            await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> kafka.requireEachOnce(texts));
            loop.stop();
            assertThat(loop.failure()).isEmpty();
        }
    }

    private static Map<String, Object> secured(String bootstrapServers, String certificate) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("bootstrap.servers", bootstrapServers);
        properties.put("security.protocol", "SASL_SSL");
        properties.put("sasl.mechanism", "PLAIN");
        properties.put("sasl.jaas.config", LOGIN + "username=\"classifier\" password=\"s3cret\";");
        properties.put("ssl.truststore.type", "PEM");
        properties.put("ssl.truststore.certificates", certificate);
        return properties;
    }

    private static String certificate(Path keyStore) throws Exception {
        KeyStore store = SelfSigned.load(keyStore);
        String encoded = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(store.getCertificate(SelfSigned.ALIAS).getEncoded());
        return "-----BEGIN CERTIFICATE-----\n" + encoded + "\n-----END CERTIFICATE-----\n";
    }
}
