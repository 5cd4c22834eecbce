package io.rationale.classifier.r1.wire;

import io.quarkus.tls.TlsConfiguration;
import java.io.IOException;
import java.net.Socket;
import java.security.NoSuchAlgorithmException;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** How connections to servers that speak TLS are secured. Thread safe. */
public final class Tls {
    private final SSLContext context;
    private final boolean verifiesHost;
    private final Set<String> protocols;

    private Tls(SSLContext context, boolean verifiesHost, Set<String> protocols) {
        this.context = context;
        this.verifiesHost = verifiesHost;
        this.protocols = Set.copyOf(protocols);
    }

    /** As the platform does it. */
    public static Tls platform() {
        try {
            return new Tls(SSLContext.getDefault(), true, Set.of());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the platform's TLS settings cannot be used", e);
        }
    }

    /** @throws IllegalArgumentException with a sentence, when keys or certificates cannot be used */
    public static Tls of(TlsConfiguration configuration) {
        try {
            boolean trustsAny = configuration.isTrustAll()
                    || configuration
                            .getHostnameVerificationAlgorithm()
                            .filter("NONE"::equalsIgnoreCase)
                            .isPresent();
            return new Tls(
                    configuration.createSSLContext(),
                    !trustsAny,
                    configuration.getSSLOptions().getEnabledSecureTransportProtocols());
        } catch (Exception e) {
            throw new IllegalArgumentException(
                    "the TLS configuration " + configuration.getName() + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** Shakes hands over a connected socket. */
    SSLSocket secure(Socket connected, ServerAddress address) throws IOException {
        SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(connected, address.host(), address.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        if (verifiesHost) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        if (!protocols.isEmpty()) {
            parameters.setProtocols(protocols.toArray(String[]::new));
        }
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }
}
