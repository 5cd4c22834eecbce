package io.rationale.classifier.r1.http;

import static io.rationale.classifier.FakeR1Server.Response.of;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.rationale.classifier.AppResource;
import io.rationale.classifier.FakeR1Server;
import io.rationale.classifier.SelfSigned;
import io.rationale.classifier.TestConfig;
import io.rationale.core.r1.ModelOutcome;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Endpoints over TLS, with the named settings of the REST client. */
@QuarkusTest
@Tag("application")
@QuarkusTestResource(AppResource.class)
@Timeout(60)
class TlsTest {
    @Inject
    TlsConfigurationRegistry registry;

    @TempDir
    Path directory;

    @Test
    void shouldTrustAServerOnlyByTheConfigurationThatIsNamed() throws Exception {
        // given
        try (FakeR1Server server = FakeR1Server.start(
                selfSigned(),
                request -> request.path().equals("/v1/models")
                        ? of(200, "{\"data\":[{\"id\":\"r1\"}]}")
                        : FakeR1Server.completion(new ModelOutcome.Complete("ok?", "{\"ok\":true}")))) {
            // then
            assertThat(probe(server, Map.of()))
                    .hasValueSatisfying(fault -> assertThat(fault).isInstanceOf(ModelOutcome.Unreachable.class));
            assertThat(probe(server, Map.of("rationale.r1.tls-configuration-name", "own")))
                    .isEmpty();
            assertThat(probe(server, Map.of("rationale.r1.endpoint.1.tls-configuration-name", "own")))
                    .isEmpty();
        }
    }

    private Optional<ModelOutcome> probe(FakeR1Server server, Map<String, String> overrides) throws Exception {
        try (HttpEndpoints endpoints =
                new HttpEndpoints(TestConfig.of("rationale.", "one", overrides).r1(), name -> registry.get(name)
                        .orElseThrow())) {
            return endpoints.endpoint(server.baseUrl(), 1).probe();
        }
    }

    private SSLContext selfSigned() throws Exception {
        KeyStore keys = SelfSigned.load(SelfSigned.keyStore(directory));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, SelfSigned.PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }
}
