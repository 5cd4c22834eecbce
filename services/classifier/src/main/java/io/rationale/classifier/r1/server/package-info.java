/** Which server stands behind an endpoint, how it wants to be asked, and how that is found out. */
package io.rationale.classifier.r1.server;
