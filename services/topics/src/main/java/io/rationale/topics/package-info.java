/** The topics in Kafka, for every service that may be the first to start. */
package io.rationale.topics;
