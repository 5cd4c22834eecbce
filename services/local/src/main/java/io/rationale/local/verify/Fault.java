package io.rationale.local.verify;

/**
 * Something that does not hold.
 *
 * @param check     what was checked
 * @param topic     where
 * @param partition there
 * @param offset    there; of the first record that it may be where one cannot be named
 * @param sentence  what is wrong; never any words of a note or of R1
 */
public record Fault(Check check, String topic, int partition, long offset, String sentence) {}
