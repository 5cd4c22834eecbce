package io.rationale.console.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The tokens of the file as it is now. What does not stand there any more is no token: a line that cannot be read admits
 * nobody, nor does a file that has gone. Thread safe.
 */
final class StaticTokens {
    private static final Logger LOG = Logger.getLogger(StaticTokens.class);

    private final Path path;
    private final TokenFile file;
    private final InstantSource clock;
    private volatile List<Kept> kept = List.of();
    private volatile Seen seen;

    /** A line, with the hash as bytes. */
    private record Kept(byte[] hash, TokenEntry entry) {
        Kept(TokenEntry entry) {
            this(HexFormat.of().parseHex(entry.sha256()), entry);
        }
    }

    /** How the file looked when it was read; another size, time or file is another content. */
    private record Seen(FileTime changed, long size, Object key) {
        static Seen of(Path path) throws IOException {
            BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
            return new Seen(now.lastModifiedTime(), now.size(), now.fileKey());
        }
    }

    private StaticTokens(Path path, InstantSource clock) {
        this.path = path;
        this.file = new TokenFile(path);
        this.clock = clock;
    }

    /** @throws IllegalArgumentException when it cannot be read, or a line is none */
    static StaticTokens open(Path path, InstantSource clock) {
        StaticTokens tokens = new StaticTokens(path, clock);
        try {
            Seen before = Seen.of(path);
            TokenFile.Content content = tokens.file.read();
            if (!content.faults().isEmpty()) {
                throw new IllegalArgumentException(String.join(" ", content.faults()));
            }
            tokens.take(before, content);
            return tokens;
        } catch (IOException e) {
            throw new IllegalArgumentException("The file " + path + " that rationale.auth.tokens-file names cannot be"
                    + " read (" + e.getClass().getSimpleName() + "): ./rationale token create makes one.");
        }
    }

    private void take(Seen now, TokenFile.Content content) {
        kept = content.entries().stream().map(Kept::new).toList();
        seen = now;
    }

    /** Reads the file again where it has changed. */
    synchronized void refresh() {
        try {
            Seen now = Seen.of(path);
            if (now.equals(seen)) {
                return;
            }
            TokenFile.Content content = file.read();
            content.faults().forEach(LOG::error);
            take(now, content);
            LOG.infof("The tokens were read again; tokens=%d", content.entries().size());
        } catch (IOException e) {
            if (seen != null) {
                LOG.errorf(
                        "The file of the tokens cannot be read any more, so none is good; file=%s reason=%s",
                        path, e.getClass().getSimpleName());
            }
            take(null, new TokenFile.Content(List.of(), List.of()));
        }
    }

    /**
     * Who has that token; nothing when it is none of these. Compares with each, and each time whole: how long it takes
     * tells nothing.
     */
    Optional<Admission> admit(String token) {
        byte[] hash = ApiTokens.digest(token);
        TokenEntry found = null;
        for (Kept each : kept) {
            if (MessageDigest.isEqual(each.hash(), hash)) {
                found = each.entry();
            }
        }
        if (found == null) {
            return Optional.empty();
        }
        Optional<Instant> end = found.expiresAt();
        return Optional.of(
                end.isPresent() && !clock.instant().isBefore(end.get())
                        ? new Admission.Refused("The token has expired.")
                        : new Admission.Admitted(Caller.of(found.name(), found.roles(), end.orElse(null))));
    }
}
