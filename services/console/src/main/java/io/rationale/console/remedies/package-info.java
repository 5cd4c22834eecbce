/** What was done against categories of failures, and what came of it. */
package io.rationale.console.remedies;
