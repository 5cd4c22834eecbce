package io.rationale.core.verdict;

/**
 * Where the exchange behind a verdict stands.
 *
 * @param id        its key
 * @param topic     the exchanges topic
 * @param partition there
 * @param offset    there
 * @param sha256    of the record's value, 64 lower-case hex digits
 */
public record ExchangePointer(String id, String topic, int partition, long offset, String sha256) {}
