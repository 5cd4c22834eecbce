/** The broker for one process: the local application and tests; never on a service's runtime class path. */
package io.rationale.kafka;
