/** A note that is sent to see whether a deployment answers. */
package io.rationale.local.trial;
