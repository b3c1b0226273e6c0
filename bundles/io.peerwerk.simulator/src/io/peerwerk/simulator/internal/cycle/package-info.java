// SPDX-License-Identifier: EPL-2.0
/**
 * Simulation in cycles: every peer acts once a cycle, and an exchange happens at once. This is the model in which most
 * papers on gossip measure (Jelasity, Voulgaris, Guerraoui, Kermarrec and van Steen, <em>Gossip-based Peer
 * Sampling</em>, ACM TOCS 25(3), 2007, section 4), and it is what a million peers can be simulated in.
 *
 * <p>What such a run costs is memory that is far away. So the state of peers lies in flat arrays, exchanges are known
 * ahead of time, and the memory of the next few is asked for before the first of them is made.
 */
@NullMarked
package io.peerwerk.simulator.internal.cycle;

import org.jspecify.annotations.NullMarked;
