package io.rationale.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.rationale.console.ConsoleBroker;
import io.rationale.core.json.Json;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The console over TLS. */
@QuarkusTest
@Tag("application")
@QuarkusTestResource(ConsoleBroker.class)
@QuarkusTestResource(value = Issuer.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = SelfMadeCertificate.class, restrictToAnnotatedClass = true)
@Timeout(120)
class TransportTest {
    @TestHTTPResource("/")
    URI plain;

    @TestHTTPResource(value = "/", tls = true)
    URI secure;

    private HttpClient http;
    private TestTokens tokens;

    @BeforeEach
    void open() throws Exception {
        tokens = new TestTokens(ConfigProvider.getConfig().getValue("test.issuer.folder", Path.class));
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        try (InputStream store = Files.newInputStream(
                ConfigProvider.getConfig().getValue("quarkus.tls.key-store.p12.path", Path.class))) {
            trusted.load(store, SelfMadeCertificate.PASSWORD.toCharArray());
        }
        KeyStore authorities = KeyStore.getInstance("PKCS12");
        authorities.load(null, null);
        authorities.setCertificateEntry("console", trusted.getCertificate("console"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(authorities);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        http = HttpClient.newBuilder().sslContext(context).build();
    }

    @AfterEach
    void close() {
        http.close();
    }

    private HttpResponse<String> get(URI uri, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void shouldServeOverTlsAndTellBrowsersToStayThere() throws Exception {
        for (String path : new String[] {"", "api/v1/openapi", "api/v1/about"}) {
            HttpResponse<String> answer =
                    get(secure.resolve(path), "Authorization", "Bearer " + tokens.of(Role.VIEWER));

            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(answer.headers().allValues("Strict-Transport-Security"))
                    .as(path)
                    .containsExactly("max-age=31536000");
        }
        assertThat(get(secure.resolve("api/v1/about")).statusCode()).isEqualTo(401);
        assertThat(get(secure.resolve("api/v1/about"), "Authorization", "Bearer " + "x".repeat(30_000))
                        .statusCode())
                .as("an oversized token")
                .isEqualTo(431);
    }

    @Test
    void shouldServeNothingInTheClear() throws Exception {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(plain.resolve("api/v1/about"))
                        .version(HttpClient.Version.HTTP_1_1)
                        .header("Authorization", "Bearer " + tokens.of(Role.VIEWER))
                        .build(),
                BodyHandlers.ofString());

        assertThat(answer.statusCode()).isBetween(301, 308);
        assertThat(answer.headers().firstValue("Location").orElseThrow()).startsWith("https://");
    }

    @Test
    void shouldGiveTheCookieToSecureConnectionsOnly() throws Exception {
        // when
        String token = tokens.of(Role.REVIEWER);
        HttpResponse<String> in = http.send(
                HttpRequest.newBuilder(secure.resolve("api/v1/session"))
                        .header("Content-Type", "application/json")
                        .header("Origin", secure.toString().replaceAll("/$", ""))
                        .POST(BodyPublishers.ofString(Json.line(Map.of("token", token))))
                        .build(),
                BodyHandlers.ofString());

        // then
        assertThat(in.statusCode()).as(in.body()).isEqualTo(200);
        assertThat(in.headers().firstValue("Set-Cookie").orElseThrow()).endsWith("; Secure");

        // and what the page sends by it is from here
        HttpResponse<String> change = http.send(
                HttpRequest.newBuilder(secure.resolve("api/v1/notes/nobody/reviews"))
                        .header("Content-Type", "application/json")
                        .header("Cookie", "rationale-session=" + token)
                        .header("Origin", secure.toString().replaceAll("/$", ""))
                        .POST(BodyPublishers.ofString("{\"category\":\"other\"}"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(change.statusCode()).as(change.body()).isIn(404, 503);
    }
}
