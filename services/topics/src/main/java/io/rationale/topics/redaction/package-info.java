/** What every service is told about personal data in notes. */
package io.rationale.topics.redaction;
