/**
 * HTTP/1.1 as calls to R1 need it, and no more: blocking, on virtual threads, over kept connections. {@code docs/adr/0013}
 * says why it is not a library's.
 */
package io.rationale.classifier.r1.wire;
