package io.rationale.classifier.r1.cluster;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: exponential steps, of which a random part between half and all is waited
 * ("equal jitter" in Brooker, "Exponential Backoff And Jitter", AWS 2015), so that those who failed together do not come
 * back together. Thread safe if its random is.
 */
public final class BackOff {
    private static final Duration FIRST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final RandomGenerator random;

    public BackOff(RandomGenerator random) {
        this.random = random;
    }

    /** @param failures how many tries failed so far, at least 1 */
    public Duration delay(int failures) {
        return jittered(FIRST, LONGEST, failures, random);
    }

    static Duration jittered(Duration first, Duration longest, int failures, RandomGenerator random) {
        long step = Math.min(first.toMillis() << Math.min(failures - 1, 10), longest.toMillis());
        return Duration.ofMillis(step / 2 + random.nextLong(step / 2 + 1));
    }
}
