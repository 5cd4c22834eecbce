/** Secrets that come from files, as Docker, Kubernetes and systemd hand them out. */
package io.rationale.topics.secret;
