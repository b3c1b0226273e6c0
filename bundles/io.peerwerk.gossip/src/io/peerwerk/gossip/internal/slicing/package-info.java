// SPDX-License-Identifier: EPL-2.0
/**
 * Slicing: every peer finds out where it stands among all peers by some attribute, so that it knows whether it belongs
 * to the strongest tenth, or to the strongest five hundred, without anybody keeping a list.
 *
 * <p>Two ways, of one message, {@code fixed64 attribute = 1; fixed64 random = 2} (IEEE 754 doubles), as request and
 * answer:
 * <ul>
 * <li>{@link io.peerwerk.gossip.internal.slicing.Ordering}, Jelasity and Kermarrec, <em>Ordered Slicing of Very Large-Scale
 * Overlay Networks</em>, P2P 2006: each peer draws a random number, and two peers that meet swap theirs when these are
 * in another order than their attributes. Soon all are in order, and a peer's number is its position. It gets no
 * better than the numbers drawn, which are not spread evenly: of N peers a position is off by about 1/(2√N).
 * <li>{@link io.peerwerk.gossip.internal.slicing.Ranking}, as Sliver (Gramoli, Vigfusson, Birman, Kermarrec and van
 * Renesse, <em>Slicing Distributed Systems</em>, IEEE Transactions on Computers 58(11), 2009): each peer remembers the
 * attributes of the last different peers that it met, and its position is the share of those that are weaker. It gets
 * better with each peer met, is exact once all are known, and follows changes.
 * </ul>
 *
 * <p>A node runs the ranking. A peer that lies about its attribute moves the others by one place, however often it is
 * met, since each peer counts once; and it counts only where it was chosen as a partner, so that to ask often is no
 * advantage. In the ordering a liar takes good numbers out of circulation.
 */
@NullMarked
package io.peerwerk.gossip.internal.slicing;

import org.jspecify.annotations.NullMarked;
