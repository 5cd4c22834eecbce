/** Notes that are judged again under another taxonomy version: what is asked for, what it will cost, and who drives it. */
package io.rationale.console.reclassification;
