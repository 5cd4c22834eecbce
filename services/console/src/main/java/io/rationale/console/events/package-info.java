/** Decisions and changes, told to people and programs as they happen. */
package io.rationale.console.events;
