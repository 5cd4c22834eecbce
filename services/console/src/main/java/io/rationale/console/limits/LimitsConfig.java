package io.rationale.console.limits;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What one client may take of the console, and all together. A client is a signed-in name, else an address. */
@ConfigMapping(prefix = "rationale.limits")
public interface LimitsConfig {
    /** Requests of a client that are answered, on average; further ones get 429. 0 for any number. */
    @WithDefault("5000")
    int requestsPerSecond();

    /** Requests of a client that may come at once. */
    @WithDefault("20000")
    int requestsAtOnce();

    /** Requests of an address with a token that is none, on average; further ones get 429 unread. 0 for any number. */
    @WithDefault("600")
    int badTokensPerMinute();

    /** Such requests that may come at once. */
    @WithDefault("10000")
    int badTokensAtOnce();

    /** Failed tries of an address to sign in on the page, on average; further ones get 429. 0 for any number. */
    @WithDefault("10")
    int signInsPerMinute();

    /** Such tries that may come at once. */
    @WithDefault("100")
    int signInsAtOnce();

    /**
     * Connections at a time, and at most half of the files that the process may open. For a further one, that which
     * waits longest for its client is closed; where all are at work, it gets 503.
     */
    @WithDefault("4096")
    int connections();

    /** Of these, connections of one address; that of a proxy has those of all that come through it. */
    @WithDefault("2048")
    int connectionsPerAddress();

    /** Streams of events of a client at a time; further ones get 503. */
    @WithDefault("500")
    int streamsPerClient();

    /** Within this time of its first byte, a request's head is there; else 408. */
    @WithDefault("10s")
    Duration headTime();

    /** A connection without a request is closed after this time. */
    @WithDefault("2m")
    Duration idleTime();

    /** A client that sends a body or reads an answer more slowly than this, in bytes a second, is not waited for. */
    @WithDefault("500")
    int slowest();

    /** Over this time the pace is measured. */
    @WithDefault("20s")
    Duration paceTime();

    /**
     * Memory for bodies that are on their way, in bytes. Where it ends, that which came longest ago gives way with 503.
     */
    @WithDefault("67108864")
    long bodyMemory();
}
