package io.rationale.console.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;

/**
 * Which tokens were good a moment ago, by their hashes: who sends one of these is not kept waiting because somebody at the
 * same address guesses. It lets nobody in; each request's token is checked all the same. Thread safe.
 */
final class GoodTokens {
    private static final int MOST = 10_000;
    private static final Duration KEPT = Duration.ofMinutes(10);

    private final Cache<String, Boolean> hashes =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(KEPT).build();

    void add(String token) {
        hashes.put(hash(token), true);
    }

    boolean contains(String token) {
        return hashes.getIfPresent(hash(token)) != null;
    }

    private static String hash(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
