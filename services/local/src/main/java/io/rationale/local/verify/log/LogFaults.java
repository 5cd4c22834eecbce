package io.rationale.local.verify.log;

/** Hears of bytes that are no records. */
@FunctionalInterface
public interface LogFaults {
    /**
     * Something of a log cannot be read.
     *
     * @param offset where, as far as it can be told
     * @param what   a sentence
     */
    void damaged(String topic, int partition, long offset, String what);
}
