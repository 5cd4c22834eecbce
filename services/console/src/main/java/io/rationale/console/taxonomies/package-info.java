/** Versions of taxonomies that this deployment knows. */
package io.rationale.console.taxonomies;
