/** Everything decided about many notes, as a file for other tools. */
package io.rationale.console.export;
