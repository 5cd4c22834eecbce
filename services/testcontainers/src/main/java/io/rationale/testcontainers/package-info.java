/** Rationale and the R1 simulator as Testcontainers. */
package io.rationale.testcontainers;
