package io.rationale.console.access;

import io.rationale.console.api.Problem;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A console that asks nobody who comes answers to the names of its own machine alone. Otherwise any page could have its
 * own name resolved to this machine, and to a browser the console would be of the same site (DNS rebinding).
 *
 * @param apply whether nobody is asked, and that was not allowed in so many words
 */
record LocalNames(boolean apply) {
    private static final Pattern LOOPBACK = Pattern.compile(
            "localhost|(?:[a-z0-9-]+\\.)+localhost|127(?:\\.\\d{1,3}){3}|\\[?(?:0{0,4}:){1,7}0{0,3}1\\]?");

    /** Why a request is refused; nothing where it is not. */
    Optional<Problem> refusal(HttpServerRequest request) {
        return refusal(request.authority(), request.getHeader(HttpHeaders.HOST));
    }

    /**
     * The same.
     *
     * @param addressed whom its client named; null for nobody, and for what is no name
     * @param header    the same as it came; null for nobody
     */
    Optional<Problem> refusal(HostAndPort addressed, String header) {
        boolean isNobody = addressed == null && header == null;
        if (!apply || isNobody || addressed != null && isLocal(addressed.host())) {
            return Optional.empty();
        }
        return Optional.of(
                Problem.of(
                        403,
                        "This console asks nobody who comes and answers to localhost, 127.0.0.1 and [::1] alone. To reach it by"
                                + " another name, configure tokens (rationale.auth), or say rationale.auth.anonymous=allowed."));
    }

    private static boolean isLocal(String host) {
        return LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }
}
