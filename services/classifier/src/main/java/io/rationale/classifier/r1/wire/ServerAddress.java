package io.rationale.classifier.r1.wire;

import java.net.URI;
import java.util.Locale;

/**
 * Where a server listens.
 *
 * @param tls  whether it speaks TLS
 * @param host name or address; an IPv6 address without brackets
 */
public record ServerAddress(boolean tls, String host, int port) {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /** @throws IllegalArgumentException with a sentence, for what is no address of an HTTP server */
    public static ServerAddress of(URI url) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https") || url.getHost() == null) {
            throw new IllegalArgumentException(
                    "an R1 endpoint is no URL that begins with http:// or https:// and names a host");
        }
        boolean tls = scheme.equals("https");
        String host = url.getHost().replaceAll("[\\[\\]]", "");
        return new ServerAddress(tls, host, url.getPort() >= 0 ? url.getPort() : tls ? HTTPS : HTTP);
    }

    /** As it stands in the header {@code Host}. */
    public String hostHeader() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return port == (tls ? HTTPS : HTTP) ? name : name + ":" + port;
    }
}
