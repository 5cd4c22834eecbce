/** What could not be judged: looked at, and sent again. */
package io.rationale.console.deadletters;
