package io.rationale.classifier.r1.conformance;

import io.rationale.classifier.work.Decision;
import io.rationale.core.r1.ModelReply;
import java.util.List;

/**
 * What was seen of a case.
 *
 * @param reply     of a single call
 * @param sent      what another client gets for the same request; nothing where the server does not answer
 * @param decisions about a batch whose first call met with the fault
 * @param asked     how many notes each of its calls asked about
 * @param requests  that came to the server for it
 */
record Observed(ModelReply reply, Sent sent, List<Decision> decisions, List<Integer> asked, long requests) {}
