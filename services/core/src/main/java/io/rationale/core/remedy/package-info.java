/** What people do against a category of failures, and what comes of it. */
package io.rationale.core.remedy;
