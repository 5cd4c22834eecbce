/**
 * Notes in, audit out: the only service that talks to R1. In the order of the flow: {@code intake} (the poll loop),
 * {@code classify} (a batch to decisions), {@code r1} (calls), {@code publish} (transactions).
 */
package io.rationale.classifier;
