/** The command line of the simulator, alone and below that of Rationale. */
package io.rationale.simulator.command;
