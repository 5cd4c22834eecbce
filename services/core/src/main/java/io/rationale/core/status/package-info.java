/** How the services are, as they tell each other through Kafka. */
package io.rationale.core.status;
