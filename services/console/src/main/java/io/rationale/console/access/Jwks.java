package io.rationale.console.access;

import java.io.IOException;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/**
 * The issuer's public keys, held in memory. They are read by a thread of their own: at the start, every few minutes, and
 * when a token names a key that is not among them, but not more often than every two seconds however many such tokens
 * come. Keys that cannot be read again stay; keys that the issuer has withdrawn go. Thread safe.
 */
final class Jwks implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Jwks.class);
    private static final long LEAST_PAUSE = Duration.ofSeconds(2).toNanos();
    private static final int LEAST_RSA_BITS = 2_048;

    private final JwksSource source;
    private final long pause;
    private final LongSupplier nanos;

    private volatile Keys keys = new Keys(0, List.of(), false);
    private volatile String lastFailure = "";
    private CompletableFuture<Void> running;
    private long lastTry;
    private boolean tried;
    private boolean closed;

    /**
     * What is known.
     *
     * @param generation another number whenever the keys are others
     * @param list       public keys for signatures
     * @param known      whether they were ever read
     */
    record Keys(long generation, List<PublicJsonWebKey> list, boolean known) {
        Keys {
            list = List.copyOf(list);
        }

        /** Those that may have signed a token; none may be meant by an unknown id. @param id null for none */
        List<PublicJsonWebKey> of(String id, String algorithm) {
            return list.stream()
                    .filter(key -> id == null || id.equals(key.getKeyId()))
                    .filter(key ->
                            key.getAlgorithm() == null || key.getAlgorithm().equals(algorithm))
                    .filter(key -> key.getKeyType().equals(type(algorithm)))
                    .toList();
        }

        private static String type(String algorithm) {
            return switch (algorithm.charAt(0)) {
                case 'R', 'P' -> "RSA";
                case 'E' -> algorithm.startsWith("ES") ? "EC" : "OKP";
                default -> "";
            };
        }
    }

    /**
     * @param pause between two readings
     * @param nanos a clock that only goes on
     */
    Jwks(JwksSource source, Duration pause, LongSupplier nanos) {
        this.source = source;
        this.pause = pause.toNanos();
        this.nanos = nanos;
    }

    /** The keys as they are known now. Never waits. */
    Keys keys() {
        return keys;
    }

    /** Where they are from, for people. */
    String place() {
        return source.place();
    }

    /** Reads them when it is time. Never waits. */
    synchronized void tick() {
        long now = nanos.getAsLong();
        // What is not known yet is asked for more often.
        long due = keys.known() ? pause : LEAST_PAUSE;
        if (running == null && (!tried || now - lastTry >= due)) {
            begin(now);
        }
    }

    /**
     * A token named an unknown key.
     *
     * @return done when they were read anew; done at once when they were read a moment ago
     */
    synchronized CompletableFuture<Void> renew() {
        long now = nanos.getAsLong();
        if (running == null && (!tried || now - lastTry >= LEAST_PAUSE)) {
            begin(now);
        }
        return running == null ? CompletableFuture.completedFuture(null) : running;
    }

    private void begin(long now) {
        if (closed) {
            return;
        }
        tried = true;
        lastTry = now;
        CompletableFuture<Void> done = new CompletableFuture<>();
        running = done;
        Thread.ofVirtual().name("jwks").start(() -> {
            try {
                read();
            } finally {
                finish();
                done.complete(null);
            }
        });
    }

    private synchronized void finish() {
        running = null;
    }

    private void read() {
        try {
            List<PublicJsonWebKey> read = usable(source.read());
            lastFailure = "";
            if (read.isEmpty()) {
                LOG.warnf("There is no key for signatures; keys=%s", place());
            }
            if (!keys.known() || !thumbprints(read).equals(thumbprints(keys.list()))) {
                LOG.infof("The keys of the issuer were read; keys=%s count=%d", place(), read.size());
                keys = new Keys(keys.generation() + 1, read, true);
            }
        } catch (IOException e) {
            tell(e.getMessage());
        } catch (JoseException e) {
            tell("it is no JSON Web Key Set");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("Reading the keys of the issuer failed", e);
        }
    }

    /** Once for each reason, and not every two seconds. */
    private void tell(String reason) {
        if (!reason.equals(lastFailure)) {
            lastFailure = reason;
            LOG.warnf(
                    "The keys of the issuer cannot be read, %s; keys=%s reason=%s",
                    keys.known() ? "those that are known stay" : "so no token of it can be checked", place(), reason);
        }
    }

    /** Never a secret that both sides share: whoever knows the public part could sign with it. */
    private static List<PublicJsonWebKey> usable(String json) throws JoseException {
        List<PublicJsonWebKey> usable = new ArrayList<>();
        for (JsonWebKey key : new JsonWebKeySet(json).getJsonWebKeys()) {
            boolean signs = key.getUse() == null || key.getUse().equals("sig");
            if (signs && key instanceof PublicJsonWebKey open && isStrong(open)) {
                usable.add(open);
            }
        }
        return usable;
    }

    private static boolean isStrong(PublicJsonWebKey key) {
        return !(key.getPublicKey() instanceof RSAPublicKey rsa)
                || rsa.getModulus().bitLength() >= LEAST_RSA_BITS;
    }

    private static List<String> thumbprints(List<PublicJsonWebKey> keys) {
        return keys.stream()
                .map(key -> key.getKeyId() + " " + key.getAlgorithm() + " "
                        + key.calculateBase64urlEncodedThumbprint("SHA-256"))
                .sorted()
                .toList();
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        source.close();
    }
}
