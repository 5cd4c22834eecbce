/**
 * Discovery: R1 reads a sample of notes in pieces and names the problems that recur; what it names is checked, merged,
 * measured for stability and written as a proposed taxonomy. Pure code: the same answers to the same sample give the
 * same result, in whatever order they come.
 *
 * <p>In the order of the flow: {@link io.rationale.core.discovery.SampleDrawing}, {@link
 * io.rationale.core.discovery.NearDuplicates}, {@link io.rationale.core.discovery.Discovery} with its phases {@link
 * io.rationale.core.discovery.Naming}, {@link io.rationale.core.discovery.Merging} and {@link
 * io.rationale.core.discovery.Assigning}, {@link io.rationale.core.discovery.DiscoveryResult}, {@link
 * io.rationale.core.discovery.ProposalYaml} and {@link io.rationale.core.discovery.DiscoveryReport}.
 */
package io.rationale.core.discovery;
