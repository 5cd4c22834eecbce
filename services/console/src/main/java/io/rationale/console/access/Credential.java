package io.rationale.console.access;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;

/**
 * What a request shows of who sends it. Its text form shows no token.
 *
 * @param token    nothing for none
 * @param byCookie whether a browser sent it by itself
 */
record Credential(Optional<String> token, boolean byCookie) {
    /** The cookie of the page's session; its value is the token. */
    static final String COOKIE = "rationale-session";

    private static final String SCHEME = "bearer ";
    private static final Credential NONE = new Credential(Optional.empty(), false);

    /** Of a request. A header stands above the cookie; two of them name nobody. */
    static Credential of(HttpServerRequest request) {
        List<String> headers = request.headers().getAll(HttpHeaders.AUTHORIZATION);
        if (!headers.isEmpty()) {
            return headers.size() == 1 ? ofHeader(headers.getFirst()) : of("");
        }
        Cookie cookie = request.getCookie(COOKIE);
        return cookie == null || cookie.getValue().isEmpty()
                ? NONE
                : new Credential(Optional.of(cookie.getValue()), true);
    }

    private static Credential ofHeader(String header) {
        boolean isBearer = header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        return isBearer ? of(header.substring(SCHEME.length()).strip()) : of("");
    }

    /** A token by itself. */
    static Credential of(String token) {
        return new Credential(Optional.of(token), false);
    }

    @Override
    public String toString() {
        return "Credential[token=" + (token.isPresent() ? "***" : "none") + ", byCookie=" + byCookie + "]";
    }
}
