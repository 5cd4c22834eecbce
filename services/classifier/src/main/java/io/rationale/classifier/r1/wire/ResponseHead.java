package io.rationale.classifier.r1.wire;

import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Status and headers of a response (RFC 9112).
 *
 * @param headers by their names in lower case; several of one name are joined by commas
 * @param version the minor version of HTTP/1
 */
public record ResponseHead(int status, int version, Map<String, String> headers) {
    private static final int MOST_HEADERS = 256;
    private static final int FIRST_FINAL = 200;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    public ResponseHead {
        headers = Map.copyOf(headers);
    }

    /** Reads it; interim responses are passed over. */
    static ResponseHead read(Connection connection) throws IOException {
        ResponseHead head = readAny(connection);
        while (head.status < FIRST_FINAL) {
            head = readAny(connection);
        }
        return head;
    }

    private static ResponseHead readAny(Connection connection) throws IOException {
        String start = connection.line();
        boolean isHttp = start.startsWith("HTTP/1.") && start.length() >= 12 && start.charAt(8) == ' ';
        if (!isHttp) {
            throw new IOException("the server does not speak HTTP/1.1");
        }
        return new ResponseHead(number(start.substring(9, 12)), start.charAt(7) - '0', readHeaders(connection));
    }

    private static Map<String, String> readHeaders(Connection connection) throws IOException {
        Map<String, String> headers = new HashMap<>();
        int count = 0;
        for (String line = connection.line(); !line.isEmpty(); line = connection.line()) {
            int colon = line.indexOf(':');
            if (++count > MOST_HEADERS) {
                throw new IOException("the server sends headers without end");
            }
            if (colon > 0) {
                headers.merge(
                        line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip(),
                        (one, other) -> one + ", " + other);
            }
        }
        return headers;
    }

    /** Of that name in lower case, or null. */
    public String header(String name) {
        return headers.get(name);
    }

    /** Whether the server keeps the connection for a further request. */
    boolean keepsConnection() {
        String connection = headers.getOrDefault("connection", "").toLowerCase(Locale.ROOT);
        return version == 0 ? connection.contains("keep-alive") : !connection.contains("close");
    }

    boolean isChunked() {
        return headers.getOrDefault("transfer-encoding", "")
                .toLowerCase(Locale.ROOT)
                .endsWith("chunked");
    }

    /** Bytes of the body; -1 where only its end says it. */
    long length() throws IOException {
        if (status == NO_CONTENT || status == NOT_MODIFIED) {
            return 0;
        }
        String length = headers.get("content-length");
        if (length == null) {
            return -1;
        }
        try {
            return Long.parseLong(length);
        } catch (NumberFormatException e) {
            throw new IOException("the server sends a length that is none", e);
        }
    }

    private static int number(String digits) throws IOException {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw new IOException("the server sends a status that is none", e);
        }
    }
}
