/** Personal data: found in notes and taken out of them before anything is stored or sent. */
package io.rationale.core.redaction;
