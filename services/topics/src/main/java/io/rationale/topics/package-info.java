/** What every service needs of Kafka at its start: the topics, and native compression. */
package io.rationale.topics;
