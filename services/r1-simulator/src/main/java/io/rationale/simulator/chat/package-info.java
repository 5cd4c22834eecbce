/** What a chat completion is, apart from how it travels: the request, its completion, or why it is refused. */
package io.rationale.simulator.chat;
