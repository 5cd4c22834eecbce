package io.rationale.console.limits;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import java.time.Duration;

/**
 * A bucket of tokens for each client, of as many as there is room for: one that is forgotten begins with a full bucket
 * again. Thread safe.
 */
final class Buckets {
    /** Some 200 bytes each. */
    private static final int MOST_CLIENTS = 50_000;

    private final LoadingCache<String, Bucket> buckets;

    private Buckets(Bandwidth limit, Duration untilFull) {
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MOST_CLIENTS)
                .expireAfterAccess(untilFull.plusSeconds(1))
                .build(client -> Bucket.builder().addLimit(limit).build());
    }

    /**
     * Of so many a period, evenly, and so many at once.
     *
     * @return null for a rate of 0, which is no limit
     */
    static Buckets of(int rate, Duration period, int atOnce) {
        if (rate == 0) {
            return null;
        }
        Bandwidth limit =
                Bandwidth.builder().capacity(atOnce).refillGreedy(rate, period).build();
        return new Buckets(limit, period.multipliedBy(atOnce).dividedBy(rate));
    }

    /** Takes one. @return nanoseconds until there is another, 0 when one was taken */
    static long take(Buckets buckets, String client) {
        return buckets == null
                ? 0
                : buckets.buckets.get(client).tryConsumeAndReturnRemaining(1).getNanosToWaitForRefill();
    }

    /** Looks whether there is one. @return nanoseconds until there is, 0 when there is */
    static long look(Buckets buckets, String client) {
        Bucket known = buckets == null ? null : buckets.buckets.getIfPresent(client);
        return known == null ? 0 : known.estimateAbilityToConsume(1).getNanosToWaitForRefill();
    }

    /** Whether anything was taken from a client's of late. */
    static boolean isTouched(Buckets buckets, String client) {
        return buckets != null && buckets.buckets.getIfPresent(client) != null;
    }
}
