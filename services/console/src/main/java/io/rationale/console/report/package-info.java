/** Tables and reports for reading away from the page. Quotes are untrusted: each format neutralises them in its way. */
package io.rationale.console.report;
