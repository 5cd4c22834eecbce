/** What people are told of when it happens. */
package io.rationale.core.alert;
