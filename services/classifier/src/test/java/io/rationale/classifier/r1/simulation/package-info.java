/** Hours of calls to R1 servers in seconds: discrete events on a virtual clock, the real balancer, breaker and limit. */
package io.rationale.classifier.r1.simulation;
