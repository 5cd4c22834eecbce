/** Two packaged consoles on one broker, one of which is killed. */
package io.rationale.benchmark.replicas;
