/** What people say about labels: reviews into the audit, and how far people and R1 agree. */
package io.rationale.console.reviews;
