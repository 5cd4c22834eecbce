/** How the console's own clients reach Kafka. */
package io.rationale.console.kafka;
