/** Notes that address the model that is to judge them: how they are found, and what is never said to be one. */
package io.rationale.core.injection;
