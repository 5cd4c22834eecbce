/** One call over HTTP: the REST client, the timers, and a body that is read while it comes. */
package io.rationale.classifier.r1.http;
