/**
 * The only service that talks to people: statistics over the audit, the notes behind them, the API, the page and the
 * reports. Packages in the order of the flow: {@code intake}, {@code statistics}, {@code notes}, {@code
 * events}, {@code api}, {@code reviews}, {@code report}.
 */
package io.rationale.console;
