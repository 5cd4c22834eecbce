/** Counts an audit once more, note by note, in bounded memory, and holds it against what was published. */
package io.rationale.local.verify.count;
