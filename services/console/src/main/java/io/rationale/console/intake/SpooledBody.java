package io.rationale.console.intake;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A body that can be read again and again: in memory while it is small, else in a temporary file until closed. Where the
 * system allows it, the file has no name from the beginning, so that nothing of the body stays when the process is killed.
 */
final class SpooledBody implements AutoCloseable {
    private static final int MOST_IN_MEMORY = 1024 * 1024;

    private final byte[] memory;
    private final FileChannel file;
    private final String sha256;

    private SpooledBody(byte[] memory, FileChannel file, String sha256) {
        this.memory = memory;
        this.file = file;
        this.sha256 = sha256;
    }

    /** Reads the body to its end. */
    static SpooledBody of(InputStream body) throws IOException {
        MessageDigest digest = sha256Digest();
        DigestInputStream in = new DigestInputStream(body, digest);
        byte[] head = in.readNBytes(MOST_IN_MEMORY);
        if (head.length < MOST_IN_MEMORY) {
            return new SpooledBody(head, null, hex(digest));
        }
        FileChannel file = temporary();
        try {
            OutputStream out = Channels.newOutputStream(file);
            out.write(head);
            in.transferTo(out);
            return new SpooledBody(null, file, hex(digest));
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static FileChannel temporary() throws IOException {
        Path named = Files.createTempFile("rationale-intake", ".body");
        return FileChannel.open(
                named, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
    }

    String sha256() {
        return sha256;
    }

    /** The body from its beginning; one at a time. */
    InputStream open() throws IOException {
        if (file == null) {
            return new ByteArrayInputStream(memory);
        }
        file.position(0);
        return new FilterInputStream(Channels.newInputStream(file)) {
            @Override
            public void close() {
                // The channel is read again.
            }
        };
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }

    private static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }
}
