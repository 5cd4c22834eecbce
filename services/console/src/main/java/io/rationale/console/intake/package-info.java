/** Notes that come over HTTP, into the notes topic. */
package io.rationale.console.intake;
