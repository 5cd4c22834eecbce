/** The built images, run as containers. */
package io.rationale.it;
