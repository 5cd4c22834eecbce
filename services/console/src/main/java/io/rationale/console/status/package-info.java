/** How the classifiers, this console and Kafka are. */
package io.rationale.console.status;
