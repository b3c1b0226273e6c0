// SPDX-License-Identifier: EPL-2.0
/**
 * How likely a stored file is lost, and which code keeps that below what the user asked. Pure: no clock, thread or file.
 *
 * <pre>
 *   half of all peers vanish at once            peers leave one by one, repair follows
 *        Vanishing (hypergeometric)                  RepairChain (Markov chain)
 *                 └───────────────┬───────────────────────┘
 *   target, network, file ──▶ Planner ──▶ k, n, threshold       Lifetimes: how long peers stay, from gossip
 * </pre>
 *
 * <p><b>What is modelled.</b> A <em>group</em> is the n shards of a chunk on their holders, with k needed. Chunks of one
 * placement group share their holders and their fate; a file touches at most {@value
 * io.peerwerk.storage.DurabilityModel#PLACEMENT_GROUPS} groups, and is lost when any one of them is. Groups overlap, so
 * they are not independent; the sum of their probabilities is an upper bound whatever the overlap (union bound). That
 * few groups are better than a group a chunk is the point of copysets (Cidon et al., USENIX ATC 2013).
 *
 * <p>Every figure is a sum of products of positive numbers, so that 1e-30 is as exact as 0.1: nothing is subtracted from
 * one. The idea of the comparison with replication is Weatherspoon and Kubiatowicz, <em>Erasure Coding vs. Replication:
 * A Quantitative Comparison</em>, IPTPS 2002; of lazy repair as a chain, Giroire, Monteiro and Pérennes, <em>Peer-to-Peer
 * Storage Systems: a Practical Guideline to be Lazy</em>, GLOBECOM 2010; of what repair costs, Dimakis et al., <em>Network
 * Coding for Distributed Storage Systems</em>, IEEE Trans. Inf. Theory 2010.
 *
 * <p><b>What is not.</b> Peers fail independently of each other, but for the vanishing half. Absences that end are no
 * losses here. Repair always finds peers with room, and enough of its bandwidth.
 */
@NullMarked
package io.peerwerk.storage.internal.durability;

import org.jspecify.annotations.NullMarked;
