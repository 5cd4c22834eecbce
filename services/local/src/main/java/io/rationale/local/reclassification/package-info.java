/** Reclassifications as a console's HTTP interface tells of them. */
package io.rationale.local.reclassification;
