package io.rationale.console.intake;

import io.rationale.console.api.OtherSites;
import io.rationale.console.api.ProblemException;
import io.rationale.core.intake.InputFormat;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.multipart.FileUpload;

/**
 * What the headers of a request say.
 *
 * @param format         of the body
 * @param idempotencyKey or null
 * @param traceparent    W3C trace context, or null when there is none or it is not well-formed
 */
record IntakeHeaders(InputFormat format, String idempotencyKey, String traceparent) {
    private static final Map<String, InputFormat> FORMATS = Map.of(
            "application/json", InputFormat.JSON,
            "application/x-ndjson", InputFormat.JSONL,
            "application/ndjson", InputFormat.JSONL,
            "application/jsonl", InputFormat.JSONL,
            "application/x-jsonlines", InputFormat.JSONL,
            "text/csv", InputFormat.CSV,
            "text/tab-separated-values", InputFormat.TSV,
            "text/plain", InputFormat.TEXT);

    private static final Set<String> CHARSETS = Set.of("utf-8", "utf8", "us-ascii", "utf-16");
    private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e ]{1,255}");

    /** Of a body that is the notes itself. */
    static IntakeHeaders of(HttpHeaders headers, long maxBodyBytes) {
        refuseOtherSites(headers);
        String length = headers.getHeaderString(HttpHeaders.CONTENT_LENGTH);
        if (length != null && length.matches("\\d{1,18}") && Long.parseLong(length) > maxBodyBytes) {
            throw ProblemException.of(413, new BodyTooLargeException(maxBodyBytes).getMessage());
        }
        return new IntakeHeaders(formatOf(headers), key(headers), traceparent(headers));
    }

    /** Of a form with a file, whose part may name a type of its own; else its name or its beginning tell. */
    static IntakeHeaders ofUpload(HttpHeaders headers, FileUpload file) {
        refuseOtherSites(headers);
        if (headers.getMediaType() == null) {
            throw unknownType();
        }
        if (file == null) {
            throw ProblemException.badRequest("The form has no file in its field 'file'.");
        }
        String type = file.contentType() == null ? "" : file.contentType();
        InputFormat named = FORMATS.getOrDefault(withoutParameters(type), InputFormat.AUTO);
        // Browsers and curl call many a file text/plain or application/octet-stream.
        InputFormat format = named == InputFormat.TEXT ? InputFormat.AUTO : named;
        return new IntakeHeaders(format, key(headers), traceparent(headers));
    }

    private static void refuseOtherSites(HttpHeaders headers) {
        OtherSites.refuse(headers, "Notes are not taken from pages of other sites.");
    }

    private static InputFormat formatOf(HttpHeaders headers) {
        String encoding = headers.getHeaderString(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw ProblemException.of(415, "The body is not taken compressed: send it without Content-Encoding.");
        }
        MediaType type = headers.getMediaType();
        InputFormat format = type == null ? null : FORMATS.get(withoutParameters(type.toString()));
        if (format == null) {
            throw unknownType();
        }
        String charset = type.getParameters().get(MediaType.CHARSET_PARAMETER);
        if (charset != null && !CHARSETS.contains(charset.toLowerCase(Locale.ROOT))) {
            throw ProblemException.of(415, "The body is taken in UTF-8, or UTF-16 with a byte order mark, only.");
        }
        return format;
    }

    private static ProblemException unknownType() {
        return ProblemException.of(
                415,
                "Content-Type says what the body is: application/json, application/x-ndjson (or application/jsonl),"
                        + " text/csv, text/tab-separated-values, text/plain (a note a line), or"
                        + " multipart/form-data with a field 'file'.");
    }

    private static String withoutParameters(String type) {
        return type.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
    }

    /** With or without the quotes of a structured field's string (RFC 8941). */
    private static String key(HttpHeaders headers) {
        String given = headers.getHeaderString("Idempotency-Key");
        if (given == null) {
            return null;
        }
        String stripped = given.strip();
        String key = stripped.length() > 1 && stripped.startsWith("\"") && stripped.endsWith("\"")
                ? stripped.substring(1, stripped.length() - 1)
                : stripped;
        if (!KEY.matcher(key).matches()) {
            throw ProblemException.badRequest("The Idempotency-Key has 1 to 255 printable ASCII characters.");
        }
        return key;
    }

    private static String traceparent(HttpHeaders headers) {
        String given = headers.getHeaderString("traceparent");
        return given != null && TRACEPARENT.matcher(given).matches() ? given : null;
    }
}
