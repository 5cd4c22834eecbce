package io.rationale.console.access;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A key with its certificate for this machine, made by the JDK's own tool; what docs/security.md shows. */
public class SelfMadeCertificate implements QuarkusTestResourceLifecycleManager {
    static final String PASSWORD = "of-a-test";

    @Override
    public Map<String, String> start() {
        try {
            Path store = Files.createTempDirectory("certificate").resolve("console.p12");
            Process keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            "console",
                            "-keyalg",
                            "EC",
                            "-dname",
                            "CN=localhost",
                            "-ext",
                            "SAN=dns:localhost,ip:127.0.0.1",
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            store.toString(),
                            "-storepass",
                            PASSWORD)
                    .redirectErrorStream(true)
                    .start();
            String said = new String(keytool.getInputStream().readAllBytes());
            if (keytool.waitFor() != 0) {
                throw new IllegalStateException(said);
            }
            return Map.of(
                    "quarkus.tls.key-store.p12.path",
                    store.toString(),
                    "quarkus.tls.key-store.p12.password",
                    PASSWORD,
                    "quarkus.http.insecure-requests",
                    "redirect",
                    "quarkus.http.test-ssl-port",
                    "0");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void stop() {
        // The folder for temporary files forgets it.
    }
}
