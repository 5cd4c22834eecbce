package io.rationale.classifier.intake;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What is to become of a record before anybody looks into it. Used by the poll loop's thread only. */
interface Admission {
    /** Takes everything in: new notes. */
    Admission ALL = record -> Answer.TAKE;

    /** What is to become of a record. */
    enum Answer {
        /** It is taken in, where there is room. */
        TAKE,
        /** It waits, and those behind it. */
        WAIT,
        /** Nobody wants to know of it any more: it is finished with. */
        SKIP
    }

    /** Asked for the first record of a partition that is not taken in, as often as there may be room. */
    Answer of(ConsumerRecord<byte[], byte[]> record);

    /** Called in each round of the loop. */
    default void turn() {}
}
