/** Who may do what: tokens, roles, sign-in of the page. Without configured tokens everybody may do everything. */
package io.rationale.console.access;
