/** What flows through the classifier: notes in flight, decisions, and what bounds and remembers them. */
package io.rationale.classifier.work;
