/** Agreement between people and R1, and what it says about the shares of categories: pure mathematics. */
package io.rationale.core.review;
