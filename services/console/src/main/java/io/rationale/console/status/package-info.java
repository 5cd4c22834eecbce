/** How the classifiers are. */
package io.rationale.console.status;
