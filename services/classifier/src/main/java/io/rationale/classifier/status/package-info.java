/** What the classifier says of itself to whoever watches it. */
package io.rationale.classifier.status;
