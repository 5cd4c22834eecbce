/** Checks an audit against its chain, its exchanges, its notes and what was published of it. Reads only. */
package io.rationale.local.verify;
