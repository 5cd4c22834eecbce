/** Discoveries that people ask for on the page or over HTTP: the sample, the request, and what came of it. */
package io.rationale.console.discovery;
