package io.rationale.core.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** Immutable bytes, kept exactly as they came: the original of a note, the body of a response. */
public final class Bytes {
    private static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] value;

    private Bytes(byte[] value) {
        this.value = value;
    }

    /** Copies the array; null counts as no bytes. */
    public static Bytes of(byte[] value) {
        return value == null || value.length == 0 ? EMPTY : new Bytes(value.clone());
    }

    /** Copies so many bytes from the array's beginning. */
    public static Bytes of(byte[] value, int length) {
        return length == 0 ? EMPTY : new Bytes(Arrays.copyOf(value, length));
    }

    /** Takes the array over, which nobody else holds. */
    static Bytes owned(byte[] value) {
        return new Bytes(value);
    }

    /** The text's UTF-8 bytes. */
    public static Bytes utf8(String text) {
        return new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** No bytes at all. */
    public static Bytes empty() {
        return EMPTY;
    }

    /** A copy. */
    public byte[] toArray() {
        return value.clone();
    }

    /** The bytes themselves, for who changes nothing. */
    byte[] array() {
        return value;
    }

    /** A copy that stands behind others. */
    public byte[] behind(byte[] head) {
        byte[] whole = Arrays.copyOf(head, head.length + value.length);
        System.arraycopy(value, 0, whole, head.length, value.length);
        return whole;
    }

    /** How many bytes. */
    public int size() {
        return value.length;
    }

    /** The text when these bytes are valid UTF-8, else nothing. */
    public Optional<String> strictUtf8() {
        String lenient = lenientUtf8();
        if (lenient.indexOf('\ufffd') < 0) {
            // Nothing was replaced; a decoder that reports would be many times slower.
            return Optional.of(lenient);
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** The text with U+FFFD in place of what is not UTF-8. */
    public String lenientUtf8() {
        return new String(value, StandardCharsets.UTF_8);
    }

    /** RFC 4648 Base64 with padding. */
    public String base64() {
        return Base64.getEncoder().encodeToString(value);
    }

    /** SHA-256 as 64 lower-case hex digits. */
    public String sha256() {
        return sha256(value);
    }

    /** The same of an array that need not be copied. */
    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes && Arrays.equals(value, bytes.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    /** Only the size: the bytes are untrusted and stay out of logs. */
    @Override
    public String toString() {
        return "Bytes[" + value.length + "]";
    }
}
