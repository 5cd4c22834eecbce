/** Discoveries of files: a sample, a request, and what comes of it. */
package io.rationale.local.discovery;
